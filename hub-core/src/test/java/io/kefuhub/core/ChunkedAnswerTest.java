package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.core.answering.HubWords;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.models.routing.LineProvider;
import io.kefuhub.core.models.routing.ModelServer;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A model's answer on a channel that sends it in several messages, through a whole hub. */
class ChunkedAnswerTest {
    private static final String ONE = "退货的运费由谁承担要看退货的原因，如果是商品的质量问题，来回的运费都由我们承担，您只需要在订单页面申请退货并上传照片，我们会安排快递上门取件。";
    private static final String CLAIMED = "其他原因的退货，运费一律是 99 元。";
    private static final String TWO = "如果是因为您自己改变了主意而退货，寄回的运费由您承担，我们收到商品并检查以后，会把货款按原来的支付方式退还给您，请您耐心等待一下。";
    private static final String THREE = "还有别的问题吗？";

    private final ModelServer server = new ModelServer();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private TestPlatform platform;
    private HubFixture hub;
    private Browser owner;

    @BeforeEach
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(platform, Map.of("messages", "3"), List.of(Offer.ofHub(new LineProvider.Factory())));
        owner = hub.owner();
        owner.post("/api/knowledge", "{\"question\":\"退货的运费谁出，怎么算？\",\"answer\":\"质量问题由我们承担。\"}");
        server.plays("check", call -> call.status(200));
        put("/api/instances/ai_provider/stub", """
                {"contribution":"lines","settings":{"address":"%s"},"enabled":true}""".formatted(server.address()));
        put("/api/deployments/main", "{\"instance\":\"stub\",\"model\":\"m\",\"unpriced\":true}");
        put("/api/aliases/chat", "{\"deployments\":[\"main\"]}");
        put("/api/instances/responder/helper", """
                {"contribution":"ai","settings":{"alias":"chat"},"enabled":true}""");
        put("/api/instances/responder", "{\"keys\":[\"helper\"]}");
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        hub.close();
        platform.close();
        server.close();
    }

    @Test
    void what_a_model_says_arrives_sentence_by_sentence_apart_from_one_another_and_without_what_nothing_supports()
            throws Exception {
        server.plays("m", call -> {
            for (var piece : pieces("{\"answer\":\"" + ONE + CLAIMED + TWO + "还")) call.line("t:" + piece);
            goOn.await();
            call.line("t:" + THREE.substring(1)
                    + "\",\"kind\":\"answer\",\"handover\":false,\"confidence\":0.9,\"citations\":[\"1\"]}");
            call.line("u:100,10");
            call.line("end");
        });

        platform.say(hub.port(), "anna-1", "anna", "退货的运费到底谁出");
        assertThat(platform.await("anna", 1))
                .extracting(TestPlatform.Heard::text)
                .containsExactly(ONE);
        assertThat(goOn.getCount()).as("the model still speaks").isOne();
        goOn.countDown();
        Eventually.holds(() -> texts().equals(List.of(ONE, TWO + THREE)));

        var heard = heard();
        assertThat(heard).extracting(TestPlatform.Heard::replyTo).containsOnly("anna-1");
        assertThat(Duration.ofNanos(heard.get(1).at() - heard.get(0).at())).isGreaterThan(Duration.ofMillis(1_150));
        Eventually.holds(() -> stored().equals(List.of(ONE + " SENT", TWO + THREE + " SENT")));
        assertThat(server.calls("m")).hasSize(1);
    }

    @Test
    void a_stream_that_breaks_after_a_message_ends_with_the_last_sentence_and_says_that_it_is_not_whole()
            throws Exception {
        server.plays("m", call -> {
            for (var piece : pieces("{\"answer\":\"" + ONE + TWO + "还有")) call.line("t:" + piece);
            goOn.await();
            call.line("t:别");
        });

        platform.say(hub.port(), "anna-1", "anna", "退货的运费到底谁出");
        Eventually.holds(() -> !texts().isEmpty());
        goOn.countDown();
        Eventually.holds(() -> texts().size() == 2);

        assertThat(texts().getFirst()).isIn(ONE, ONE + TWO);
        var all = String.join("", texts());
        assertThat(all).startsWith(ONE + TWO).contains("（回答没有说完，请再问一次。）").doesNotContain("还有");
        assertThat(server.calls("m")).hasSize(1);
    }

    @Test
    void a_stream_that_breaks_before_any_message_is_begun_anew_without_anybody_noticing() throws Exception {
        server.plays("m", call -> {
            for (var piece : pieces("{\"answer\":\"您好。" + TWO.substring(0, 40))) call.line("t:" + piece);
            server.plays(
                    "m",
                    ModelServer.saying(
                            "{\"answer\":\"" + ONE + THREE,
                            "\",\"kind\":\"answer\",\"handover\":false,\"confidence\":0.9,\"citations\":[\"1\"]}"));
        });

        platform.say(hub.port(), "anna-1", "anna", "退货的运费到底谁出");
        Eventually.holds(() -> String.join("", texts()).equals(ONE + THREE));

        assertThat(server.calls("m")).hasSize(2);
    }

    private List<String> texts() {
        return heard().stream().map(TestPlatform.Heard::text).toList();
    }

    /** All but that somebody is at work, which is said where the machine is held up. */
    private List<TestPlatform.Heard> heard() {
        var atWork = HubWords.INTERIM.in(Language.ZH_CN);
        return platform.to("anna").stream()
                .filter(heard -> !heard.text().equals(atWork))
                .toList();
    }

    /** As a model speaks. */
    private static List<String> pieces(String text) {
        return List.of(text.split("(?<=\\G.{7})"));
    }

    private List<String> stored() {
        try (var database = Database.open(hub.address())) {
            return database.read(db -> db.createQuery("""
                            select (parts -> 0 ->> 'text') || ' ' || state from message
                            where author = 'BOT' order by seq""").mapTo(String.class).list());
        }
    }

    private void put(String path, String body) {
        var answer = owner.put(path, body);
        assertThat(answer.status()).as(path + ": " + answer.text()).isLessThan(300);
    }
}
