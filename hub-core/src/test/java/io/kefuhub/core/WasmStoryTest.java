package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Modules in a whole hub: uploaded, asked about real messages, looked at, set otherwise and taken out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
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

    @Test
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
