package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.models.routing.LineProvider;
import io.kefuhub.core.models.routing.ModelServer;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An admin changes the numbers by which a running hub answers; what begins next goes by them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnsweringRulesTest {
    private static final String RULES = "/api/answering-rules";
    private static final ModelServer.Play KNOWS = ModelServer.saying(
            "{\"answer\":\"质量问题由我们承担。\",\"kind\":\"answer\",\"handover\":false,\"confidence\":0.9,\"citations\":[\"1\"]}");

    private final ModelServer server = new ModelServer();
    private TestPlatform platform;
    private HubFixture hub;
    private Browser owner;
    private int customers;

    @BeforeAll
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(platform, Map.of(), List.of(Offer.ofHub(new LineProvider.Factory())));
        owner = hub.owner();
        owner.post("/api/knowledge", "{\"question\":\"退货的运费谁出，怎么算？\",\"answer\":\"质量问题由我们承担。\"}");
        server.plays("check", call -> call.status(200));
        put("/api/instances/ai_provider/stub", """
                {"contribution":"lines","settings":{"address":"%s"},"enabled":true}""".formatted(server.address()));
        put("/api/deployments/main", "{\"instance\":\"stub\",\"model\":\"m\",\"unpriced\":true}");
        put("/api/aliases/chat", "{\"deployments\":[\"main\"]}");
        put("/api/deployments/notes", "{\"instance\":\"stub\",\"model\":\"notes\",\"unpriced\":true}");
        put("/api/aliases/notes", "{\"deployments\":[\"notes\"]}");
        put("/api/instances/responder/helper", """
                {"contribution":"ai","settings":{"alias":"chat","summary-alias":"notes","budget":"3000"},"enabled":true}""");
        put("/api/instances/responder", "{\"keys\":[\"helper\"]}");
    }

    @BeforeEach
    void everythingAsUsual() {
        put(RULES, "{}");
        server.plays("m", KNOWS);
        server.calls().clear();
    }

    @AfterAll
    void stop() {
        hub.close();
        platform.close();
        server.close();
    }

    @Test
    void what_is_in_force_and_what_is_usual_is_shown_with_its_unit_and_bounds() {
        put(RULES, "{\"turn\":{\"interim\":\"1.5s\"},\"prompt\":{\"pictures\":5}}");

        var rule = rule("turn", "interim");
        assertThat(rule.get("value").asText()).isEqualTo("1500ms");
        assertThat(rule.get("usual").asText()).isEqualTo("2500ms");
        assertThat(rule.get("least").asText()).isEqualTo("500ms");
        assertThat(rule.get("most").asText()).isEqualTo("60s");
        assertThat(rule.get("unit").asText()).isEqualTo("time");
        assertThat(rule("prompt", "pictures").get("value").asText()).isEqualTo("5");
        put(RULES, "{}");
        assertThat(rule("prompt", "pictures").get("value").asText()).isEqualTo("3");
        assertThat(owner.get("/api/audit?subject=answering-rules").text()).contains("answering-rules.changed");
    }

    @Test
    void what_cannot_be_is_named_with_what_is_allowed_and_leaves_everything_as_it_was() {
        put(RULES, "{\"turn\":{\"interim\":\"1.5s\"}}");
        var before = owner.get(RULES).text();

        for (var wrong : List.of(
                "{\"turn\":{\"interim\":\"3s\",\"end\":\"200s\"}}",
                "{\"turn\":{\"interim\":\"3s\",\"ende\":\"20s\"}}",
                "{\"turn\":{\"interim\":\"3s\"},\"turns\":{}}",
                "{\"turn\":{\"interim\":true}}",
                "{\"turn\":{\"firstText\":\"20s\",\"end\":\"15s\"}}",
                "{\"turn\":7}",
                "[]")) {
            assertThat(owner.put(RULES, wrong).status()).as(wrong).isEqualTo(400);
            assertThat(owner.get(RULES).text()).isEqualTo(before);
        }
        var said = owner.put(RULES, "{\"turn\":{\"end\":\"200s\"}}").json();
        assertThat(said.get("field").asText()).isEqualTo("turn.end");
        assertThat(said.get("detail").asText()).isEqualTo("turn.end cannot be \"200s\". From 10s to 60s is allowed.");
    }

    @Test
    void a_customer_of_a_silent_model_gets_a_person_as_soon_as_the_rule_says() throws Exception {
        server.plays("m", ModelServer.Call::hang);
        put(RULES, "{\"turn\":{\"firstText\":\"2s\",\"end\":\"10s\"}}");

        var began = System.nanoTime();
        var trace = asks("这个商品到底什么时候发货呀？");

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(15));
        assertThat(trace.get("outcome").asText()).isEqualTo("handed over");
        assertThat(trace.toString()).contains("\"late\"");
    }

    @Test
    void a_model_may_be_as_slow_as_the_rule_says() throws Exception {
        server.plays("m", ModelServer.Call::hang);
        put(RULES, "{\"calls\":{\"firstContent\":\"150ms\",\"backoff\":\"0s\"}}");

        var began = System.nanoTime();
        var trace = asks("这个商品到底什么时候发货呀？");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(trace.at("/models/0/outcome").asText()).isEqualTo("failed");
    }

    @Test
    void a_deployment_rests_after_as_many_failures_as_the_rule_says() throws Exception {
        put("/api/deployments/weak", "{\"instance\":\"stub\",\"model\":\"weak\",\"unpriced\":true}");
        put("/api/aliases/chat", "{\"deployments\":[\"weak\",\"main\"]}");
        server.plays("weak", ModelServer.failing(500));

        asks("包装盒有哪几种颜色可以选择？");
        assertThat(breaker("weak")).isEqualTo("closed");
        put(RULES, "{\"rest\":{\"calls\":1,\"open\":\"1h\",\"longestOpen\":\"1h\",\"look\":\"10m\"}}");
        asks("包装纸有哪几种颜色可以选择？");

        assertThat(breaker("weak")).isEqualTo("open");
        put("/api/aliases/chat", "{\"deployments\":[\"main\"]}");
    }

    @Test
    void an_entry_answers_by_itself_when_it_is_as_near_as_the_rule_says() throws Exception {
        var asked = "退货的运费到底谁出";

        assertThat(asks(asked).at("/source/kind").asText()).isEqualTo("model");
        put(RULES, "{\"search\":{\"alike\":0.3,\"known\":0.3}}");
        assertThat(asks(asked).at("/source/code").asText()).isEqualTo("alike");
    }

    @Test
    void a_prompt_holds_as_much_of_a_question_as_the_rule_says() throws Exception {
        var asked = "想问一下我买的这件外套洗了以后会不会缩水褪色。".repeat(150) + "？";

        asks(asked);
        var usual = server.calls("m").getLast().body.length();
        put(RULES, "{\"prompt\":{\"question\":200,\"questionBeginning\":100,\"questionEnd\":50}}");
        asks(asked);

        assertThat(server.calls("m").getLast().body.length()).isLessThan(usual - 500);
    }

    @Test
    void a_conversation_is_summed_up_when_it_is_as_long_as_the_rule_says() throws Exception {
        put(RULES, "{\"summary\":{\"turns\":1,\"tokens\":100}}");
        var customer = "summed" + ++customers;
        var said = "退货的运费到底谁出？" + "我上周买的外套洗了一次就缩水了，想换一件大一号的。".repeat(25);

        for (var turn = 1; turn <= 5; turn++) {
            platform.say(hub.port(), customer + "-" + turn, customer, turn + said);
            platform.await(customer, turn);
        }

        Eventually.holds(() -> !server.calls("notes").isEmpty());
    }

    @Test
    void as_many_answers_are_kept_as_the_rule_says() throws Exception {
        put("/api/instances/responder/helper", """
                {"contribution":"ai","settings":{"alias":"chat"},"enabled":true}""");
        asks("退货的运费究竟谁出");
        asks("退货的运费究竟谁出");
        assertThat(server.calls("m")).hasSize(1);

        put(RULES, "{\"cache\":{\"answers\":100,\"deskPercent\":1}}");
        for (var number : List.of("退货的运费如今谁出", "退货的运费现在谁出", "退货的运费将来谁出")) asks(number);
        server.calls().clear();
        for (var number : List.of("退货的运费如今谁出", "退货的运费现在谁出", "退货的运费将来谁出")) asks(number);

        assertThat(server.calls("m")).hasSizeGreaterThan(1);
    }

    @Test
    void a_budget_raises_an_alert_where_the_rule_says() throws Exception {
        assertThat(owner.post("/api/prices", """
                {"provider":"*","model":"priced","currency":"CNY","input":"10","output":"10"}""").status()).isEqualTo(201);
        put("/api/deployments/priced", "{\"instance\":\"stub\",\"model\":\"priced\"}");
        assertThat(owner.post("/api/budgets", "{\"scope\":\"hub\",\"period\":\"day\",\"amount\":\"0.01\"}")
                        .status())
                .isLessThan(300);
        put("/api/aliases/chat", "{\"deployments\":[\"priced\"]}");
        server.plays("priced", KNOWS);
        put(RULES, "{\"books\":{\"firstAlert\":7,\"secondAlert\":0,\"thirdAlert\":0}}");

        asks("包装袋有哪几种颜色可以选择？");

        Eventually.holds(() -> alerts().contains("7"));
        put("/api/aliases/chat", "{\"deployments\":[\"main\"]}");
    }

    private List<String> alerts() {
        return StreamSupport.stream(
                        owner.get("/api/budgets").json().get("alerts").spliterator(), false)
                .map(alert -> alert.get("percent").asText())
                .toList();
    }

    private String breaker(String deployment) {
        return StreamSupport.stream(
                        owner.get("/api/deployments").json().get("deployments").spliterator(), false)
                .filter(one -> one.get("key").asText().equals(deployment))
                .map(one -> one.at("/health/breaker").asText())
                .findFirst()
                .orElseThrow();
    }

    private JsonNode rule(String group, String name) {
        return StreamSupport.stream(owner.get(RULES).json().get("groups").spliterator(), false)
                .filter(one -> one.get("name").asText().equals(group))
                .flatMap(one -> StreamSupport.stream(one.get("rules").spliterator(), false))
                .filter(one -> one.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Asks as somebody new, and tells how the answer came to be. */
    private JsonNode asks(String text) throws Exception {
        var customer = "customer" + ++customers;
        platform.say(hub.port(), customer + "-1", customer, text);
        platform.await(customer, 1);
        var conversation = owner.get("/api/conversations?view=all")
                .json()
                .at("/conversations/0/id")
                .asText();
        return StreamSupport.stream(
                        owner.get("/api/conversations/" + conversation + "/events")
                                .json()
                                .get("events")
                                .spliterator(),
                        false)
                .map(event -> event.at("/message/trace"))
                .filter(JsonNode::isObject)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private void put(String path, String body) {
        var answer = owner.put(path, body);
        assertThat(answer.status()).as(path + ": " + answer.text()).isLessThan(300);
    }
}
