package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.models.routing.LineProvider;
import io.kefuhub.core.models.routing.ModelServer;
import io.kefuhub.core.models.screening.Hiding;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A whole hub whose assistant asks a server of models, and a filter that keeps long numbers from it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelStoryTest {
    private final ModelServer server = new ModelServer();
    private TestPlatform platform;
    private HubFixture hub;
    private Browser owner;

    @BeforeAll
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(
                platform,
                Map.of(),
                List.of(Offer.ofHub(new LineProvider.Factory()), Offer.ofHub(new Hiding.Factory())));
        owner = hub.owner();
        owner.post("/api/knowledge", "{\"question\":\"退货的运费谁出，怎么算？\",\"answer\":\"质量问题由我们承担。\"}");
        server.plays("check", call -> call.status(200));
        put("/api/instances/ai_provider/stub", """
                {"contribution":"lines","settings":{"address":"%s"},"enabled":true}""".formatted(server.address()));
        put("/api/deployments/main", "{\"instance\":\"stub\",\"model\":\"m\",\"unpriced\":true}");
        put("/api/aliases/chat", "{\"deployments\":[\"main\"]}");
        put("/api/instances/filter/hiding", "{\"contribution\":\"hiding\",\"settings\":{},\"enabled\":true}");
        put("/api/instances/responder/helper", """
                {"contribution":"ai","settings":{"alias":"chat"},"enabled":true}""");
        put("/api/instances/responder", "{\"keys\":[\"helper\"]}");
    }

    @BeforeEach
    void forget() {
        server.calls().clear();
    }

    @AfterAll
    void stop() {
        hub.close();
        platform.close();
        server.close();
    }

    @Test
    void a_number_that_a_filter_hides_never_reaches_the_model_and_is_back_in_what_the_customer_reads()
            throws Exception {
        server.plays(
                "m",
                ModelServer.saying(
                        "{\"answer\":\"您的订单号是 [N",
                        "1] 吗？\",\"kind\":\"question\",\"handover\":false,\"confidence\":0.9,\"citations\":[]}"));

        platform.say(hub.port(), "anna-1", "anna", "我的订单 20261126001 怎么还没到");
        var heard = platform.await("anna", 1);

        assertThat(heard.getFirst().text()).isEqualTo("您的订单号是 20261126001 吗？");
        assertThat(server.calls("m"))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.body).contains("[N1]").doesNotContain("20261126001"));
        keepsWhatLeft();
    }

    /** As it left and as it came, for who may read it. */
    private void keepsWhatLeft() {
        var attempt = owner.get("/api/usage/attempts?limit=1")
                .json()
                .at("/attempts/0/id")
                .asText();
        var path = "/api/usage/attempts/" + attempt + "/body";
        Eventually.holds(() -> owner.get(path).status() == 200);
        var body = owner.get(path);
        assertThat(body.text()).contains("[N1]").doesNotContain("20261126001");
        assertThat(body.json().get("answer").asText()).contains("您的订单号是 [N1] 吗？");
        assertThat(owner.get("/api/audit?subject=attempt:" + attempt).text()).contains("attempt-body.read");
    }

    @Test
    void what_a_filter_lets_not_leave_goes_down_the_ladder_and_the_trace_says_why() throws Exception {
        platform.say(hub.port(), "bert-1", "bert", "secret 的事情你们怎么看");
        platform.await("bert", 1);

        assertThat(server.calls("m")).isEmpty();
        var trace = lastTrace();
        assertThat(trace.at("/models/0/outcome").asText()).isEqualTo("filtered");
        assertThat(trace.at("/remarks/rung").asText()).isEqualTo("promise");
    }

    @Test
    void a_model_whose_account_has_no_price_for_it_is_put_on_once_it_has_one() {
        var other = "{\"instance\":\"stub\",\"model\":\"m3\"}";

        var refused = owner.put("/api/deployments/other", other);
        owner.post(
                "/api/prices",
                "{\"provider\":\"lines\",\"model\":\"m3\",\"currency\":\"CNY\",\"input\":\"1\",\"output\":\"2\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("there is none for m3 (lines)");
        put("/api/deployments/other", other);
        assertThat(owner.delete("/api/deployments/other").status()).isEqualTo(204);
    }

    @Test
    void an_answer_is_given_again_until_another_model_stands_behind_the_alias_and_each_turn_is_counted()
            throws Exception {
        server.plays("m", KNOWS);
        server.plays("m2", KNOWS);
        var before = turns();

        says("carl", "退货的运费谁出，怎么算？");
        says("dora", "退货的运费到底谁出");
        says("emil", "退货的运费到底谁出");
        assertThat(server.calls("m")).hasSize(1);
        put("/api/deployments/main", "{\"instance\":\"stub\",\"model\":\"m2\",\"unpriced\":true}");
        says("fred", "退货的运费到底谁出");
        says("gina", "secret 退货的运费到底谁出");

        assertThat(server.calls("m2")).hasSize(1);
        put("/api/deployments/main", "{\"instance\":\"stub\",\"model\":\"m\",\"unpriced\":true}");
        var after = turns();
        assertThat(after.getOrDefault("faq  ", 0L) - before.getOrDefault("faq  ", 0L))
                .isOne();
        assertThat(after.getOrDefault("model full ", 0L) - before.getOrDefault("model full ", 0L))
                .isEqualTo(2);
        assertThat(after.getOrDefault("cache full ", 0L) - before.getOrDefault("cache full ", 0L))
                .isOne();
        assertThat(after.keySet()).anyMatch(key -> key.endsWith(" filtered"));
        assertThat(owner.get("/api/usage/answers?by=week").status()).isEqualTo(400);
        assertThat(owner.get("/metrics").text())
                .contains("kefuhub_answers_total{source=\"cache\",rung=\"full\"} 1")
                .contains("kefuhub_answer_cache_total{result=\"hit\"} 1")
                .contains("kefuhub_answers_refused_total{why=\"filtered\"}")
                .contains("# TYPE kefuhub_budget_spent gauge");
    }

    @Test
    void a_sentence_that_nothing_supports_is_left_out_and_counted() throws Exception {
        var before = sentencesDropped();
        server.plays(
                "m",
                ModelServer.saying("{\"answer\":\"质量问题由我们承担。其他情况运费是 99 元。请放心。\",\"kind\":\"answer\","
                        + "\"handover\":false,\"confidence\":0.9,\"citations\":[\"1\"]}"));

        says("mona", "退货的运费谁来出呢");

        assertThat(platform.to("mona")).extracting(TestPlatform.Heard::text).containsExactly("质量问题由我们承担。请放心。");
        assertThat(sentencesDropped() - before).isOne();
        assertThat(lastTrace().at("/remarks/dropped").asText()).isEqualTo("1");
    }

    private long sentencesDropped() {
        var name = "kefuhub_answer_sentences_dropped_total ";
        return owner.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(name.length())))
                .sum();
    }

    @Test
    void what_an_agent_disliked_or_put_right_is_not_given_again() throws Exception {
        server.plays("m", KNOWS);
        says("hugo", "退货的运费究竟谁出");
        says("ida", "退货的运费究竟谁出");
        assertThat(server.calls("m")).hasSize(1);

        put("/api/messages/" + lastAnswer() + "/opinion", "{\"helpful\":false}");

        says("jan", "退货的运费究竟谁出");
        says("karl", "退货的运费究竟谁出");
        assertThat(server.calls("m")).hasSize(2);

        var conversation = lastConversation();
        assertThat(owner.post("/api/conversations/" + conversation + "/take", "{}")
                        .status())
                .isLessThan(300);
        assertThat(owner.post(
                                "/api/conversations/" + conversation + "/reply",
                                "{\"cid\":\"put-right\",\"parts\":[{\"type\":\"text\",\"text\":\"这次由您承担。\"}]}")
                        .status())
                .isLessThan(300);
        platform.await("karl", 2);

        says("lena", "退货的运费究竟谁出");
        assertThat(server.calls("m")).hasSize(3);
    }

    private static final ModelServer.Play KNOWS = ModelServer.saying(
            "{\"answer\":\"质量问题由我们承担。\",\"kind\":\"answer\",\"handover\":false,\"confidence\":0.9,\"citations\":[\"1\"]}");

    private void says(String customer, String text) throws Exception {
        platform.say(hub.port(), customer + "-1", customer, text);
        platform.await(customer, 1);
    }

    /** By source, rung and why. */
    private Map<String, Long> turns() {
        var counted = new HashMap<String, Long>();
        owner.get("/api/usage/answers")
                .json()
                .get("rows")
                .forEach(row -> counted.merge(
                        row.get("source").asText() + " " + row.get("rung").asText() + " "
                                + row.get("why").asText(),
                        row.get("turns").asLong(),
                        Long::sum));
        return counted;
    }

    private String lastConversation() {
        return owner.get("/api/conversations?view=all")
                .json()
                .at("/conversations/0/id")
                .asText();
    }

    private Stream<JsonNode> lastEvents() {
        var events = owner.get("/api/conversations/" + lastConversation() + "/events")
                .json()
                .get("events");
        return StreamSupport.stream(events.spliterator(), false);
    }

    private String lastAnswer() {
        return lastEvents()
                .filter(event -> event.at("/message/author/kind").asText().equals("bot"))
                .map(event -> event.at("/message/id").asText())
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private JsonNode lastTrace() {
        return lastEvents()
                .filter(event -> event.at("/message/trace/models").isArray())
                .map(event -> event.at("/message/trace"))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private void put(String path, String body) {
        var answer = owner.put(path, body);
        assertThat(answer.status()).as(path + ": " + answer.text()).isLessThan(300);
    }
}
