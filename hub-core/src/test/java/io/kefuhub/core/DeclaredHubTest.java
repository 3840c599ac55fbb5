package io.kefuhub.core;

import static io.kefuhub.core.answering.knowledge.KnowledgeRoom.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.conversation.ChannelInstances;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation that nobody clicked together: everything is declared in a file. */
class DeclaredHubTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @Test
    void an_admin_reads_in_the_console_what_is_wrong_in_a_file_and_sees_it_go() throws Exception {
        var conf = Files.createDirectories(home.resolve("conf"));
        var owner =
                "people:\n  boss: {roles: [owner], password: \"${env:SHOP_PASSWORD}\", mustChangePassword: false}\n";
        Files.writeString(conf.resolve("people.yaml"), owner + "  wu: {roles: [agent], password: correct horse}\n");
        Files.writeString(conf.resolve("shop.yaml"), "channels:\n  wk_shop: {type: web, desk: nowhere}\n");

        try (var hub = Hub.start(HubFixture.setup(home, Optional.of(TestDatabase.freshAddress())))) {
            var boss = new Browser(hub.port());
            boss.signIn("boss", "correct horse battery");

            var files = boss.with("Accept-Language", "zh-CN")
                    .get("/api/provisioning")
                    .json();

            assertThat(files.at("/files/0/name").asText()).isEqualTo("people.yaml");
            assertThat(files.at("/files/0/state").asText()).isEqualTo("applied");
            assertThat(files.at("/files/0/appliedAt").asText()).isNotEmpty();
            assertThat(files.at("/files/1/state").asText()).isEqualTo("refused");
            assertThat(files.at("/problems/0").toString())
                    .isEqualTo("{\"file\":\"shop.yaml\",\"line\":2,\"key\":\"channels.wk_shop\","
                            + "\"message\":\"没有部门“nowhere”\"}");
            assertThat(boss.with("Accept-Language", "en")
                            .get("/api/provisioning")
                            .json()
                            .at("/problems/0/message")
                            .asText())
                    .isEqualTo("there is no desk \"nowhere\"");
            var wu = new Browser(hub.port());
            wu.signIn("wu", "correct horse");
            assertThat(wu.get("/api/provisioning").status()).isEqualTo(403);

            Files.delete(conf.resolve("shop.yaml"));
            eventually(
                    () -> boss.get("/api/provisioning").json().get("problems").isEmpty());
        }
    }

    @Test
    void a_hub_whose_file_declares_everything_answers_and_lets_its_owner_in() throws Exception {
        var address = TestDatabase.freshAddress();
        Files.writeString(home.resolve("secret"), TestPlatform.SECRET);
        try (var platform = new TestPlatform()) {
            Files.createDirectories(home.resolve("conf"));
            Files.writeString(
                    home.resolve("conf/shop.yaml"), """
                    desks:
                      shop: {title: {en: Songlin Goods, zh-CN: 松林小铺}}
                    people:
                      boss:
                        name: 掌柜
                        roles: [owner]
                        password: ${env:SHOP_PASSWORD}
                        mustChangePassword: false
                    channels:
                      test:
                        type: test
                        desk: shop
                        settings: {secret: "${file:%s}", address: "%s"}
                    knowledge:
                      - desk: shop
                        entries:
                          - {language: zh, question: 怎么退货, answer: 七天内可以退货。}
                    settings: {organisation: 松林小铺, sound: false}
                    translation:
                      shop:
                        detect: small
                        glossary:
                          - term: 松林小铺
                          - {term: 会员, to: en, becomes: member}
                    """.formatted(home.resolve("secret"), platform.address()));

            try (var hub = Hub.start(HubFixture.setup(home, Optional.of(address)))) {
                assertThat(hub.firstOwner()).isEmpty();
                assertThat(platform.say(hub.port(), "q1", "anna", "请问怎么退货呀？")).isEqualTo(200);
                assertThat(platform.await("anna", 1))
                        .singleElement()
                        .satisfies(reply -> assertThat(reply.text()).isEqualTo("七天内可以退货。"));

                var boss = new Browser(hub.port());
                assertThat(boss.signIn("boss", "correct horse battery").status())
                        .isEqualTo(200);
                assertThat(boss.get("/api/knowledge")
                                .json()
                                .at("/entries/0/managedBy")
                                .asText())
                        .isEqualTo("shop.yaml");
                var translation = boss.get("/api/translation").json().get("desks");
                assertThat(translation.toString())
                        .contains("{\"term\":\"松林小铺\"}", "\"becomes\":\"member\"", "\"managedBy\":\"shop.yaml\"");
                assertThat(boss.put("/api/translation/shop", "{\"version\":1,\"glossary\":[]}")
                                .status())
                        .as("a file declares it")
                        .isEqualTo(409);
                assertThat(boss.get("/api/settings").json().get("organisation").asText())
                        .isEqualTo("松林小铺");
                assertThat(boss.get("/api/settings").json().get("managedBy").asText())
                        .isEqualTo("shop.yaml");
            }
        }
        try (var database = Database.open(address)) {
            var stored = database.read(new ChannelInstances()::all).getFirst();
            assertThat(stored.settings().toString()).doesNotContain(TestPlatform.SECRET);
            assertThat(stored.managedBy()).contains("shop.yaml");
        }
    }
}
