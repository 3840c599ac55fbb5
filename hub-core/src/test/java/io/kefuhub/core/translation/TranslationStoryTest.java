package io.kefuhub.core.translation;

import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kefuhub.core.HubFixture;
import io.kefuhub.core.models.routing.LineProvider;
import io.kefuhub.core.models.routing.ModelServer;
import io.kefuhub.core.models.screening.Hiding;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.story.KeepingFilter;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A whole hub with a Chinese desk, customers who speak otherwise, and a service that translates. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TranslationStoryTest {
    private final AtomicInteger cids = new AtomicInteger();
    private final PlayedTranslations service = new PlayedTranslations();
    private final ModelServer models = new ModelServer();
    private TestPlatform platform;
    private HubFixture hub;
    private Browser owner;

    @BeforeAll
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(
                platform,
                Map.of(),
                List.of(
                        Offer.ofHub(new PlayedTranslations.Factory()),
                        Offer.ofHub(new Hiding.Factory()),
                        Offer.ofHub(new KeepingFilter.Factory()),
                        Offer.ofHub(new LineProvider.Factory())));
        owner = hub.owner();
        put("/api/instances/translator/played", """
                {"contribution":"played","settings":{"address":"%s"},"enabled":true}""".formatted(service.address()));
    }

    @BeforeEach
    void garbleNothing() {
        service.plays(right -> right);
        service.asked().clear();
    }

    @AfterAll
    void stop() {
        hub.close();
        platform.close();
        service.close();
        models.close();
    }

    @Test
    void agents_read_what_a_customer_says_in_their_language_beside_the_original() throws Exception {
        var id = says("anna", "Where is my order 20261126001, please?");

        var message = translated(id, "Where is my order 20261126001, please?");

        assertThat(message.at("/parts/0/text").asText()).isEqualTo("Where is my order 20261126001, please?");
        assertThat(message.at("/translation/outcome").asText()).isEqualTo("proven");
        assertThat(message.at("/translation/from").asText()).isEqualTo("en");
        assertThat(message.at("/translation/to").asText()).isEqualTo("zh-CN");
        assertThat(message.at("/translation/translator").asText()).isEqualTo("played");
        assertThat(message.at("/translation/sent").asBoolean()).isFalse();
        assertThat(message.at("/translation/parts/0/text").asText()).contains("20261126001", "词语");
    }

    @Test
    void a_customer_reads_an_agents_reply_in_their_language_and_the_agent_sees_both() throws Exception {
        var id = taken("bert", "Hello, where is my order?");

        replies(id, "您的订单 20261126001 今天发货，运费 ¥12.50。");

        assertThat(heard("bert")).isEqualTo("words 20261126001 words ， words ¥12.50。");
        var message = said(id, "您的订单 20261126001 今天发货，运费 ¥12.50。");
        assertThat(message.at("/translation/sent").asBoolean()).isTrue();
        assertThat(message.at("/translation/parts/0/text").asText()).contains("¥12.50");
    }

    @Test
    void what_is_altered_never_goes_and_the_original_does_with_a_mark() throws Exception {
        var id = taken("carl", "Hello, how much is it?");
        service.playsEach(text -> text.replace("99.90", "9.90"));

        replies(id, "价格是 ¥99.90，谢谢。");

        assertThat(heard("carl")).isEqualTo("价格是 ¥99.90，谢谢。");
        var message = said(id, "价格是 ¥99.90，谢谢。");
        assertThat(message.at("/translation/outcome").asText()).isEqualTo("altered");
        assertThat(message.at("/translation/why").asText()).isEqualTo("missing:¥99.90");
        assertThat(message.at("/translation/parts")).isEmpty();
    }

    @Test
    void what_a_filter_hides_from_models_is_hidden_from_translators_and_is_back_in_the_translation() throws Exception {
        put("/api/instances/filter/hiding", "{\"contribution\":\"hiding\",\"settings\":{},\"enabled\":true}");
        try {
            var id = says("karl", "Where is my order 20261126777, please?");

            var message = translated(id, "Where is my order 20261126777, please?");

            assertThat(message.at("/translation/parts/0/text").asText()).contains("20261126777");
            assertThat(service.asked().toString()).contains("[N1]").doesNotContain("20261126777");
        } finally {
            put("/api/instances/filter/hiding", "{\"contribution\":\"hiding\",\"settings\":{},\"enabled\":false}");
        }
    }

    @Test
    void a_late_translation_holds_nobody_up_and_reaches_agents_when_it_comes() throws Exception {
        var id = taken("dora", "Hello, is anybody there?");
        var comes = new CountDownLatch(1);
        service.plays(right -> {
            comes.await();
            return right;
        });

        replies(id, "我在，请说。");

        assertThat(heard("dora")).isEqualTo("我在，请说。");
        assertThat(said(id, "我在，请说。").at("/translation/outcome").asText()).isEqualTo("late");
        comes.countDown();
        until(() ->
                "proven".equals(said(id, "我在，请说。").at("/translation/outcome").asText()));
        assertThat(said(id, "我在，请说。").at("/translation/sent").asBoolean()).isFalse();
        assertThat(platform.to("dora").getLast().text()).isEqualTo("我在，请说。");
    }

    @Test
    void a_service_that_fails_is_in_nobodys_way() throws Exception {
        var id = taken("emil", "Hello, can you help me?");
        service.plays(_ -> {
            throw new IllegalStateException("broken off");
        });

        replies(id, "可以，请说。");

        assertThat(heard("emil")).isEqualTo("可以，请说。");
        assertThat(said(id, "可以，请说。").at("/translation/outcome").asText()).isEqualTo("failed");
    }

    @Test
    void a_model_is_asked_once_which_language_it_is_where_nothing_else_tells() throws Exception {
        models.plays("check", call -> call.status(200));
        models.plays("m", ModelServer.saying("nl"));
        put("/api/instances/ai_provider/stub", """
                {"contribution":"lines","settings":{"address":"%s"},"enabled":true}""".formatted(models.address()));
        put("/api/deployments/main", "{\"instance\":\"stub\",\"model\":\"m\",\"unpriced\":true}");
        put("/api/aliases/small", "{\"deployments\":[\"main\"]}");
        detectsBy("\"small\"");
        try {
            var id = says("lotte", "zalando pakketje kapot");

            until(() -> "model".equals(languages(id).get("by").asText()));
            assertThat(languages(id).get("customer").asText()).isEqualTo("nl");
            assertThat(translated(id, "zalando pakketje kapot")
                            .at("/translation/from")
                            .asText())
                    .isEqualTo("nl");
            says("lotte", "nog steeds kapot pakketje");
            translated(id, "nog steeds kapot pakketje");
            assertThat(models.calls("m")).hasSize(1);
        } finally {
            detectsBy("\"\"");
        }
    }

    private void detectsBy(String alias) {
        var rules = owner.get("/api/translation").json().at("/desks/0");
        put(
                "/api/translation/" + rules.get("desk").asText(),
                "{\"version\":%d,\"detectAlias\":%s,\"glossary\":%s}"
                        .formatted(rules.get("version").asLong(), alias, rules.get("glossary")));
    }

    @Test
    void an_agent_corrects_a_language_and_what_was_said_is_translated_anew() throws Exception {
        var id = taken("fritz", "zalando pakketje kapot");
        assertThat(languages(id).get("customer").asText()).isEqualTo("en");

        put("/api/conversations/" + id + "/languages", "{\"customer\":\"nl\"}");

        until(() -> "nl"
                .equals(said(id, "zalando pakketje kapot")
                        .at("/translation/from")
                        .asText()));
        assertThat(languages(id).get("by").asText()).isEqualTo("person");
        says("fritz", "Hello, is it there now?");
        until(() -> said(id, "Hello, is it there now?").has("translation"));
        assertThat(languages(id).get("customer").asText())
                .as("what a person said stays")
                .isEqualTo("nl");
        replies(id, "请稍等");
        assertThat(said(id, "请稍等").at("/translation/to").asText()).isEqualTo("nl");
        assertThat(owner.put("/api/conversations/" + id + "/languages", "{\"customer\":\"klingon!\"}")
                        .status())
                .isEqualTo(400);
        assertThat(languages(id).get("customer").asText()).isEqualTo("nl");
    }

    @Test
    void an_agent_who_reads_another_language_than_the_desk_gets_it() throws Exception {
        var id = taken("gina", "¿Dónde está mi pedido?");

        put("/api/conversations/" + id + "/languages", "{\"agents\":\"en\"}");

        until(() -> "en"
                .equals(said(id, "¿Dónde está mi pedido?").at("/translation/to").asText()));
        assertThat(languages(id).get("chosen").asBoolean()).isTrue();
    }

    @Test
    void terms_of_the_desk_become_what_it_says() throws Exception {
        var rules = owner.get("/api/translation").json().at("/desks/0");
        var path = "/api/translation/" + rules.get("desk").asText();
        var body = """
                {"version":%d,"glossary":[{"term":"小丽"},{"term":"会员","to":"en","becomes":"member"}]}""";
        put(path, body.formatted(rules.get("version").asLong()));
        var id = taken("hans", "Hello, what does it cost for me?");

        replies(id, "小丽，会员价 88 元");
        assertThat(heard("hans")).isEqualTo("小丽，member words 88 words");
        service.playsEach(text -> text.replace("member", "VIP"));
        replies(id, "小丽：会员价 66 元");
        platform.await("hans", 3);

        assertThat(platform.to("hans").getLast().text()).isEqualTo("小丽：会员价 66 元");
        assertThat(owner.put(path, body.formatted(rules.get("version").asLong()))
                        .status())
                .as("changed meanwhile")
                .isEqualTo(409);
    }

    @Test
    void what_the_desk_knows_is_found_and_answered_in_the_language_of_who_asks() throws Exception {
        owner.post("/api/knowledge", "{\"question\":\"怎么退货\",\"answer\":\"签收后 7 天内可以退货，运费 ¥8.00。\"}");
        service.playsEach(text -> text.contains("词语") ? "怎么退货" : text);

        var id = says("joao", "Como faço para devolver o meu pedido, por favor?");
        var answer = platform.await("joao", 1).getFirst().text();

        assertThat(answer).isEqualTo("words 7 words ， words ¥8.00。");
        var kept = said(id, "签收后 7 天内可以退货，运费 ¥8.00。");
        assertThat(kept.at("/translation/to").asText()).isEqualTo("pt");
        assertThat(kept.at("/translation/sent").asBoolean()).isTrue();
        assertThat(kept.at("/trace/source/kind").asText()).isEqualTo("knowledge");
    }

    @Test
    void who_reads_the_same_language_costs_nothing() throws Exception {
        var id = taken("ida", "你好，请问我的订单到哪里了");

        replies(id, "马上为您查询");

        assertThat(heard("ida")).isEqualTo("马上为您查询");
        assertThat(said(id, "马上为您查询").has("translation")).isFalse();
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void a_reply_that_a_filter_kept_is_translated_when_a_person_lets_it_go() throws Exception {
        put(
                "/api/instances/filter/keeping",
                "{\"contribution\":\"keeping\",\"settings\":{\"words\":\"赔偿\"},\"enabled\":true}");
        try {
            var id = taken("lena", "Hello, do I get money back?");
            replies(id, "可以赔偿 ¥30.00。");
            var held = owner.get("/api/review").json().at("/held/0/id").asText();
            assertThat(service.asked().toString()).doesNotContain("30.00");

            var decided = owner.post("/api/review/" + held + "/decision", "{\"decision\":\"release\"}");

            assertThat(decided.status()).as(decided.text()).isEqualTo(200);
            assertThat(heard("lena")).isEqualTo("words ¥30.00。");
            var message = said(id, "可以赔偿 ¥30.00。");
            assertThat(message.at("/translation/sent").asBoolean()).isTrue();
        } finally {
            put(
                    "/api/instances/filter/keeping",
                    "{\"contribution\":\"keeping\",\"settings\":{\"words\":\"赔偿\"},\"enabled\":false}");
        }
    }

    private String says(String customer, String text) throws Exception {
        platform.say(hub.port(), customer + "-" + cids.incrementAndGet(), customer, text);
        return StreamSupport.stream(
                        owner.get("/api/conversations?view=all&limit=50")
                                .json()
                                .get("conversations")
                                .spliterator(),
                        false)
                .filter(one -> customer.equals(one.at("/contact/name").asText())
                        || text.equals(one.get("lastText").asText())
                        || said(one.get("id").asText(), text).isObject())
                .findFirst()
                .orElseThrow()
                .get("id")
                .asText();
    }

    /** Says something, and has an agent take the conversation when the bot has said its own. */
    private String taken(String customer, String text) throws Exception {
        var id = says(customer, text);
        platform.await(customer, 1);
        assertThat(owner.post("/api/conversations/" + id + "/take", "{}").status())
                .isEqualTo(200);
        return id;
    }

    private void replies(String id, String text) {
        var body = "{\"cid\":\"c%d\",\"parts\":[{\"type\":\"text\",\"text\":\"%s\"}]}"
                .formatted(cids.incrementAndGet(), text);
        var answer = owner.post("/api/conversations/" + id + "/reply", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** What reached a customer of an agent, after what the bot said. */
    private String heard(String customer) throws InterruptedException {
        return platform.await(customer, 2).get(1).text();
    }

    private JsonNode languages(String id) {
        return owner.get("/api/conversations/" + id + "/languages").json();
    }

    /** A message as agents see it now, by what was written; missing when there is none. */
    private JsonNode said(String id, String text) {
        return StreamSupport.stream(
                        owner.get("/api/conversations/" + id + "/events?limit=200")
                                .json()
                                .get("events")
                                .spliterator(),
                        false)
                .map(event -> event.path("message"))
                .filter(message -> text.equals(message.at("/parts/0/text").asText()))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private JsonNode translated(String id, String text) {
        until(() -> said(id, text).has("translation"));
        return said(id, text);
    }

    private void put(String path, String body) {
        var answer = owner.put(path, body);
        assertThat(answer.status()).as(path + ": " + answer.text()).isLessThan(300);
    }
}
