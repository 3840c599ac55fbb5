package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.wasm.guest.Guests;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.telemetry.Stalls;
import io.kefuhub.core.web.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Modules in a whole hub: uploaded, asked about real messages, looked at, set otherwise and taken out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WasmStoryTest {
    private static final Path EXAMPLES = Path.of("..", "wasm-plugins");

    private TestPlatform platform;
    private HubFixture hub;
    private Browser owner;

    @BeforeAll
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(platform);
        owner = hub.owner();
    }

    @AfterAll
    void stop() {
        hub.close();
        platform.close();
    }

    /** Drops a module into the home's folder, and waits until it serves. */
    private void drop(String name) throws Exception {
        var folder = Path.of(owner.get("/api/wasm").json().get("folder").asText());
        Files.copy(EXAMPLES.resolve(name).resolve(name + ".json"), folder.resolve(name + ".json"));
        Files.copy(EXAMPLES.resolve(name).resolve(name + ".wasm"), folder.resolve(name + ".wasm"));
        Eventually.holds(() -> plugin(name).path("state").asText().equals("serving"));
    }

    private JsonNode plugin(String name) {
        return find(owner.get("/api/plugins").json().get("plugins"), "id", name);
    }

    private static JsonNode find(JsonNode list, String field, String value) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(one -> one.path(field).asText().equals(value))
                .findFirst()
                .orElse(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
    }

    private List<JsonNode> messagesOf(String customer, String said) throws Exception {
        platform.say(hub.port(), customer + "-1", customer, said);
        platform.await(customer, 1);
        var conversations = owner.get("/api/conversations?view=all").json().get("conversations");
        return StreamSupport.stream(conversations.spliterator(), false)
                .map(one -> messages(one.get("id").asText()))
                .filter(all -> all.getFirst().toString().contains(customer) || !all.isEmpty())
                .max(java.util.Comparator.comparing(
                        all -> all.getFirst().get("at").asText()))
                .orElseThrow();
    }

    private List<JsonNode> messages(String conversation) {
        var events = owner.get("/api/conversations/" + conversation + "/events")
                .json()
                .get("events");
        return StreamSupport.stream(events.spliterator(), false)
                .filter(event -> event.get("kind").asText().equals("message"))
                .map(event -> event.get("message"))
                .toList();
    }

    /** Comes first: nothing has started the engine yet. */
    @Test
    @Order(1)
    void a_module_judges_real_messages_and_everything_about_it_can_be_looked_at() throws Exception {
        assertThat(owner.get("/api/wasm").json().has("engine")).isFalse();
        drop("mask-phone-numbers");
        drop("order-numbers");

        var messages = messagesOf("anna", "SO-123456? 我的电话 13912345678");

        var trace = messages.getLast().get("trace");
        var masked = find(trace.get("filtersIn"), "filter", "mask-phone-numbers");
        assertThat(masked.get("verdict").asText()).isEqualTo("rewrite");
        assertThat(masked.get("version").asText()).isEqualTo("1.0.0");
        assertThat(find(trace.get("filtersIn"), "filter", "order-numbers")
                        .get("tags")
                        .toString())
                .contains("order:SO-123456");

        var view = owner.get("/api/wasm").json();
        assertThat(view.get("engine").asText()).isEqualTo("GraalVM CE");
        assertThat(view.get("interpreted").asBoolean()).isFalse();
        var filter = find(view.get("filters"), "filter", "mask-phone-numbers");
        assertThat(filter.get("rewritten").asInt()).isEqualTo(1);
        assertThat(filter.get("memoryBytes").asLong()).isGreaterThanOrEqualTo(65_536);
        assertThat(filter.get("timeoutMs").asInt()).isEqualTo(50);
        assertThat(filter.get("memoryLimitBytes").asInt()).isEqualTo(64 * 65_536);
        assertThat(filter.get("keepsInstance").asBoolean()).isFalse();
        var orders = find(owner.get("/api/instances").json().get("instances"), "key", "order-numbers");
        assertThat(orders.get("stages").toString()).isEqualTo("[\"CUSTOMER_IN\"]");

        var numbers = find(owner.get("/api/filters").json().get("filters"), "key", "mask-phone-numbers");
        assertThat(numbers.at("/hour/rewritten").asInt()).isEqualTo(1);
        assertThat(numbers.at("/hour/passed").asInt()).isEqualTo(1);
        assertThat(numbers.get("whenFailed").asText()).isEqualTo("hold");

        var log = owner.get("/api/wasm/mask-phone-numbers/log").json().get("lines");
        // What its golden cases made it say is not among it.
        assertThat(log).hasSize(1);
        var line = find(log, "message", messages.getFirst().get("id").asText());
        assertThat(line.get("text").asText()).isEqualTo("1 numbers hidden");
        assertThat(line.get("level").asText()).isEqualTo("info");
        assertThat(line.path("conversation").asText()).isNotEmpty();

        assertThat(new Browser(hub.port()).get("/metrics").text())
                .contains("kefuhub_wasm_verdicts_total{filter=\"mask-phone-numbers\",verdict=\"rewrite\"} 1");
    }

    /** Comes after the modules serve. */
    @Test
    @Order(2)
    void a_message_that_nobody_wrote_is_judged_by_the_modules_that_serve_and_nothing_is_kept_of_it() {
        var kept = kept();

        var tried = owner.post("/api/filters/try", """
                {"text": "SO-123456? 我的电话 13912345678", "desk": "main", "stage": "CUSTOMER_IN", "channel": "test"}""");

        assertThat(tried.status()).as(tried.text()).isEqualTo(200);
        assertThat(tried.json().get("text").asText())
                .doesNotContain("13912345678")
                .startsWith("SO-123456? 我的电话 1");
        var masked = find(tried.json().get("steps"), "key", "mask-phone-numbers");
        assertThat(masked.get("version").asText()).isEqualTo("1.0.0");
        assertThat(masked.get("verdict").asText()).isEqualTo("rewrite");
        assertThat(masked.get("micros").asLong()).isPositive();
        assertThat(masked.get("text").asText())
                .isEqualTo(tried.json().get("text").asText());
        assertThat(find(tried.json().get("steps"), "key", "order-numbers")
                        .get("tags")
                        .toString())
                .contains("order:SO-123456");
        assertThat(kept()).isEqualTo(kept);
    }

    /** Everything that a message would have changed. */
    private List<String> kept() {
        var metrics = new Browser(hub.port()).get("/metrics").text().lines();
        var instances = owner.get("/api/instances").json().get("instances");
        return List.of(
                owner.get("/api/wasm").json().findValues("calls").toString(),
                instances.findValues("calls").toString(),
                owner.get("/api/filters").json().findValues("sinceStart").toString(),
                owner.get("/api/wasm/mask-phone-numbers/log").text(),
                owner.get("/api/audit").text(),
                owner.get("/api/conversations?view=all").text(),
                metrics.filter(line -> line.startsWith("kefuhub_writes_total"))
                        .toList()
                        .toString());
    }

    private void drop(String name, byte[] module, String manifest) throws Exception {
        var folder = Path.of(owner.get("/api/wasm").json().get("folder").asText());
        Files.writeString(folder.resolve(name + ".json"), manifest);
        Files.write(folder.resolve(name + ".wasm"), module);
        Eventually.holds(() -> plugin(name).path("state").asText().equals("serving"));
    }

    @Test
    void a_module_that_never_ends_costs_no_message_and_every_number_about_it_tells() throws Exception {
        drop("mask-words");
        drop("spin", Guests.bytes("loop"), "{\"timeoutMs\": 20}");

        for (var i = 0; i < 6; i++) {
            platform.say(hub.port(), "spun-" + i, "spun-" + i, "hello");
            platform.await("spun-" + i, 1);
        }

        var spin = find(owner.get("/api/wasm").json().get("filters"), "filter", "spin");
        assertThat(spin.get("failed").asInt()).isEqualTo(5);
        assertThat(spin.get("stopped").asInt()).isEqualTo(5);
        assertThat(spin.get("calls").asInt()).isEqualTo(5);
        assertThat(spin.get("setAside").asText()).contains("time was up");
        assertThat(spin.get("p50Micros").asInt()).isGreaterThanOrEqualTo(20_000);
        assertThat(spin.get("p99Micros").asInt())
                .isGreaterThanOrEqualTo(spin.get("p50Micros").asInt());
        var metrics = new Browser(hub.port()).get("/metrics").text();
        assertThat(metrics)
                .contains("kefuhub_wasm_verdicts_total{filter=\"spin\",verdict=\"failed\"} 5")
                .contains("kefuhub_wasm_set_aside{filter=\"spin\"} 1")
                .contains("kefuhub_wasm_set_aside{filter=\"mask-words\"} 0")
                .containsPattern("kefuhub_wasm_seconds\\{filter=\"spin\",quantile=\"0.5\"} [0-9]+\\.[0-9]*[1-9]")
                .containsPattern("kefuhub_wasm_seconds\\{filter=\"spin\",quantile=\"0.99\"} [0-9]+\\.[0-9]*[1-9]");
        Eventually.holds(() ->
                new Browser(hub.port()).get("/metrics").text().contains("kefuhub_wasm_warm{filter=\"mask-words\"} 1"));
        owner.delete("/api/plugins/spin");
    }

    @Test
    void an_admin_puts_modules_in_order_and_keeps_them_to_a_desk() throws Exception {
        drop("order-tags", Files.readAllBytes(EXAMPLES.resolve("order-numbers/order-numbers.wasm")), """
                {"settings": [{"key": "patterns", "type": "list", "label": "Numbers", "default": "SO-######"}]}""");
        drop("reword", Guests.bytes("field"), """
                {"settings": [{"key": "key", "label": "Answer", "default": "{\\"action\\":\\"rewrite\\",\\"text\\":\\"SO-123456\\"}"}]}""");

        order("order-tags", "reword");
        assertThat(judged("ordered-1", "order-tags").path("tags").toString()).doesNotContain("SO-123456");
        order("reword", "order-tags");
        assertThat(judged("ordered-2", "order-tags").path("tags").toString()).contains("SO-123456");

        var made = owner.put("/api/instances/filter/reword", """
                {"contribution": "reword", "desks": ["nowhere"], "settings": {}}""");
        assertThat(made.status()).as(made.text()).isEqualTo(400);
        made = owner.put("/api/instances/filter/reword", "{\"contribution\": \"reword\", \"desks\": [\"main\"]}");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(judged("ordered-3", "reword").path("verdict").asText()).isEqualTo("rewrite");
        owner.delete("/api/plugins/reword");
        owner.delete("/api/plugins/order-tags");
    }

    @Test
    void a_verdict_depends_on_what_is_known_of_the_customer_and_nothing_else_of_him_is_told() throws Exception {
        drop("customer", Guests.bytes("customer"), "{}");

        var silver = judged("carla", "c-1", Map.of("level", "silver", "city", "Wuhan"));
        assertThat(silver.path("verdict").asText()).isEqualTo("pass");
        assertThat(texts(silver.path("tags")))
                .containsExactlyInAnyOrder("level:silver", "city:Wuhan", "main", "zh-CN", "test");

        // What is told again counts at once.
        var gold = judged("carla", "c-2", Map.of("level", "gold"));
        assertThat(gold.path("verdict").asText()).isEqualTo("rewrite");
        assertThat(texts(gold.path("tags")))
                .containsExactlyInAnyOrder("level:gold", "city:Wuhan", "main", "zh-CN", "test");
        owner.delete("/api/plugins/customer");
    }

    /** What the module for customers made of a message of somebody whom the platform vouches for. */
    private JsonNode judged(String customer, String id, Map<String, String> attributes) throws Exception {
        var before = platform.to(customer).size();
        platform.say(hub.port(), id, customer, "你好", attributes);
        platform.await(customer, before + 1);
        var conversations = owner.get("/api/conversations?view=all").json().get("conversations");
        var newest = conversations.get(0).get("id").asText();
        return find(messages(newest).getLast().get("trace").get("filtersIn"), "filter", "customer");
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Puts these at the end of the chain, in this order. */
    private void order(String first, String second) {
        var others = StreamSupport.stream(
                        owner.get("/api/instances").json().get("instances").spliterator(), false)
                .filter(one -> one.path("kind").asText().equals("filter"))
                .map(one -> one.path("key").asText())
                .filter(key -> !key.equals(first) && !key.equals(second));
        var keys = java.util.stream.Stream.concat(others, java.util.stream.Stream.of(first, second))
                .map(key -> "\"" + key + "\"")
                .collect(java.util.stream.Collectors.joining(","));
        var ordered = owner.put("/api/instances/filter", "{\"keys\": [" + keys + "]}");
        assertThat(ordered.status()).as(ordered.text()).isLessThan(300);
    }

    /** What a filter made of a new customer's message. */
    private JsonNode judged(String customer, String filter) throws Exception {
        return find(messagesOf(customer, "hello there").getLast().get("trace").get("filtersIn"), "filter", filter);
    }

    /** Comes last: whoever was signed in is not any more. */
    @Test
    @Order(Integer.MAX_VALUE)
    void after_a_restart_the_first_message_is_judged_at_once_and_the_module_is_fast_soon() throws Exception {
        drop("spam-score");
        hub.restart();

        var began = Stalls.now();
        platform.say(hub.port(), "early-1", "early", "hello");
        platform.await("early", 1);

        assertThat(Stalls.since(began)).isLessThan(Duration.ofSeconds(10));
        var metrics = new Browser(hub.port()).get("/metrics").text();
        assertThat(metrics).contains("kefuhub_wasm_verdicts_total{filter=\"spam-score\",verdict=\"pass\"} 1");
        Eventually.holds(() ->
                new Browser(hub.port()).get("/metrics").text().contains("kefuhub_wasm_warm{filter=\"spam-score\"} 1"));
        assertThat(Stalls.since(began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void an_uploaded_module_is_set_by_its_form_and_taken_out_again() throws Exception {
        var module = Files.readAllBytes(EXAMPLES.resolve("detect-intent/detect-intent.wasm"));
        var done = owner.send("POST", "/api/plugins?name=detect-intent.wasm", "application/octet-stream", module)
                .json();
        assertThat(done.get("outcome").asText()).isEqualTo("serving");
        // Without its manifest it has no settings, and labels nothing.
        var settings = find(owner.get("/api/contributions").json().get("contributions"), "id", "detect-intent");
        assertThat(settings.get("settings")).isEmpty();

        drop("detect-intent");

        Eventually.holds(
                () -> plugin("detect-intent").at("/serving/version").asText().equals("1.0.0"));
        var form = find(owner.get("/api/contributions").json().get("contributions"), "id", "detect-intent");
        assertThat(form.at("/settings/0/key").asText()).isEqualTo("intents");
        assertThat(form.get("usualDeadlineMs").asLong()).isEqualTo(30_000);
        owner.put("/api/instances/filter/detect-intent", """
                {"contribution": "detect-intent", "settings": {"intents": "joke: funny, 笑话"}}""");
        var trace = messagesOf("bert", "讲个笑话").getLast().get("trace");
        assertThat(find(trace.get("filtersIn"), "filter", "detect-intent")
                        .get("tags")
                        .toString())
                .contains("intent:joke");

        owner.delete("/api/plugins/detect-intent");
        assertThat(plugin("detect-intent").get("state").asText()).isEqualTo("off");
    }
}
