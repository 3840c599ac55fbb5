package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseWaits;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.story.StubModels;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** An AI provider that is a WASM module, in the catalogue of a whole hub. */
class WasmModelTest {
    private static final String NAME = "ai-openai-dialect";
    private static final Path EXAMPLE = Path.of("..", "wasm-plugins", NAME);
    private static final String QUESTION = "退货的运费到底谁出";
    private static final String ANSWER = "质量问题由我们承担。";
    private static final Pattern CUSTOMER = Pattern.compile("c-\\d+-\\d+");
    private static final int VERSIONS = 5;
    private static final int ASKING = 3;

    /** The latest version of which an admin was told that it serves. */
    private volatile int serving;

    @Test
    void every_customer_is_answered_once_by_the_model_while_its_dialect_is_swapped() throws Exception {
        try (var platform = new TestPlatform();
                var models = new StubModels(ANSWER);
                var hub = new HubFixture(platform)) {
            var owner = hub.owner();
            serve(owner, models, 0);
            catalogue(owner);
            var tested = owner.post("/api/deployments/main/test", "");
            assertThat(tested.json().get("answered").asBoolean())
                    .as(tested.text())
                    .isTrue();

            var atLeast = new ConcurrentHashMap<String, Integer>();
            var done = new AtomicBoolean();
            try (var threads = Executors.newFixedThreadPool(ASKING)) {
                var asking = IntStream.range(0, ASKING)
                        .mapToObj(who -> threads.submit((Callable<Void>) () -> {
                            for (var i = 0; !done.get(); i++) {
                                var customer = "c-" + who + "-" + i;
                                atLeast.put(customer, serving);
                                platform.say(hub.port(), customer, customer, QUESTION + " " + customer);
                                platform.await(customer, 1);
                            }
                            return null;
                        }))
                        .toList();
                try {
                    for (var version = 1; version <= VERSIONS; version++) {
                        var serves = version;
                        serve(owner, models, version);
                        Eventually.holds(() -> atLeast.containsValue(serves));
                    }
                } finally {
                    done.set(true);
                }
                for (var one : asking) one.get();
            }

            assertThat(atLeast).hasSizeGreaterThan(VERSIONS);
            assertThat(atLeast.keySet())
                    .allSatisfy(customer -> assertThat(platform.to(customer))
                            .singleElement()
                            .satisfies(heard -> assertThat(heard.text()).contains(ANSWER)));
            assertThat(models.asked())
                    .allSatisfy(asked -> assertThat(asked.authorization()).isEqualTo("Bearer " + StubModels.KEY))
                    .noneSatisfy(asked -> assertThat(asked.body()).contains(StubModels.KEY));
            var versions = versionsAsked(models);
            assertThat(versions.keySet()).isEqualTo(atLeast.keySet());
            atLeast.forEach((customer, least) ->
                    assertThat(versions.get(customer)).as(customer).isGreaterThanOrEqualTo(least));
            assertThat(versions.values()).contains(VERSIONS);
            assertThat(traces(hub)).hasSameSizeAs(atLeast.keySet()).allSatisfy(trace -> {
                assertThat(trace.at("/responder").asText()).isEqualTo("helper");
                assertThat(trace.at("/models")).hasSize(1);
                assertThat(trace.at("/models/0/deployment").asText()).isEqualTo("main");
            });
            // One that was closed under its hands before anything was sent is asked again, and costs nothing.
            assertThat(attempts(hub))
                    .filteredOn(attempt -> !attempt.equals("main unsent NONE 0"))
                    .hasSize(atLeast.size())
                    .containsOnly("main answered REPORTED " + StubModels.OUTPUT);
        }
    }

    /** All that an admin does with a provider; none of it knows that this one is a module. */
    private static void catalogue(Browser owner) {
        put(owner, "/api/instances/ai_provider/dialect", """
                {"contribution": "%s", "settings": {"api-key": "%s"}}""".formatted(NAME, StubModels.KEY));
        put(owner, "/api/deployments/main", """
                {"instance": "dialect", "model": "stub", "local": true, "unpriced": true}""");
        put(owner, "/api/aliases/chat", "{\"deployments\": [\"main\"]}");
        owner.post("/api/knowledge", "{\"question\":\"退货的运费谁出，怎么算？\",\"answer\":\"质量问题由我们承担。\"}");
        put(owner, "/api/instances/responder/helper", """
                {"contribution": "ai", "settings": {"alias": "chat", "cache": "false"}, "enabled": true}""");
        put(owner, "/api/instances/responder", "{\"keys\": [\"helper\"]}");
        Eventually.holds(() -> !owner.post("/api/knowledge/passages", "{\"question\": \"" + QUESTION + "\"}")
                .json()
                .get("passages")
                .isEmpty());
    }

    private static void put(Browser owner, String path, String body) {
        var made = owner.put(path, body);
        assertThat(made.status()).as(path + " " + made.text()).isLessThan(300);
    }

    /** Drops a version, which asks at an address of its own, and waits until it serves. */
    private void serve(Browser owner, StubModels models, int version) throws Exception {
        var folder = Path.of(owner.get("/api/wasm").json().get("folder").asText());
        var number = "1.0." + version;
        var manifest = Files.readString(EXAMPLE.resolve(NAME + ".json"))
                .replace("1.0.0", number)
                .replace("https://api.openai.com/v1", models.address() + "/" + version);
        move(folder.resolve(NAME + ".json"), manifest.getBytes(StandardCharsets.UTF_8));
        move(folder.resolve(NAME + ".wasm"), Files.readAllBytes(EXAMPLE.resolve(NAME + ".wasm")));
        if (version == 0) agree(owner);
        Eventually.holds(() -> plugin(owner).at("/serving/version").asText().equals(number));
        serving = version;
    }

    /** Allows what the first version asks for; later ones ask for no more. */
    private static void agree(Browser owner) {
        Eventually.holds(() -> plugin(owner).path("state").asText().equals("asking"));
        var hash = plugin(owner).at("/versions/0/hash").asText();
        var allowed = owner.post("/api/plugins/" + NAME + "/versions/" + hash, "{\"allow\": true}");
        assertThat(allowed.status()).as(allowed.text()).isEqualTo(200);
    }

    private static JsonNode plugin(Browser owner) {
        return StreamSupport.stream(
                        owner.get("/api/plugins").json().get("plugins").spliterator(), false)
                .filter(one -> one.path("id").asText().equals(NAME))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static void move(Path file, byte[] content) throws Exception {
        var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.write(unfinished, content);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** By customer, the version that worded the question; each was asked once. */
    private static Map<String, Integer> versionsAsked(StubModels models) {
        return models.asked().stream()
                .filter(asked -> CUSTOMER.matcher(asked.body()).find())
                .collect(Collectors.toMap(
                        asked -> CUSTOMER.matcher(asked.body())
                                .results()
                                .findFirst()
                                .orElseThrow()
                                .group(),
                        asked -> Integer.parseInt(asked.path().split("/")[1])));
    }

    /** The traces of all that the hub answered. */
    private static List<JsonNode> traces(HubFixture hub) {
        try (var database = Database.open(hub.address(), DatabaseWaits.USUAL)) {
            return database
                    .read(tx -> tx.createQuery("select trace::text from message where author = 'BOT'")
                            .mapTo(String.class)
                            .list())
                    .stream()
                    .map(Json::tree)
                    .toList();
        }
    }

    /** What the books say about each call for a customer. */
    private static List<String> attempts(HubFixture hub) {
        try (var database = Database.open(hub.address(), DatabaseWaits.USUAL)) {
            return database.read(tx -> tx.createQuery("""
                            select deployment || ' ' || outcome || ' ' || source || ' ' || output_tokens
                            from attempt where assistant = 'helper'""").mapTo(String.class).list());
        }
    }
}
