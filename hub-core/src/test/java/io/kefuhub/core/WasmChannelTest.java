package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseWaits;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.story.CallingSystem;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A channel that is a WASM module, in a whole hub. */
class WasmChannelTest {
    private static final Path EXAMPLE = Path.of("..", "wasm-plugins", "channel-webhook");
    private static final int VERSIONS = 5;
    private static final int SAYING = 4;

    @Test
    void every_call_is_stored_and_answered_once_while_the_module_is_swapped() throws Exception {
        try (var platform = new TestPlatform();
                var system = new CallingSystem();
                var hub = new HubFixture(platform)) {
            var owner = hub.owner();
            serve(owner, 0);
            var made = owner.put("/api/instances/channel/hook", """
                    {"contribution": "channel-webhook", "desks": ["main"], "settings": {"secret": "%s", "address": "%s"}}""".formatted(CallingSystem.SECRET, system.address()));
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            assertThat(system.say(hub.port(), "hook", "first", "first", "hello"))
                    .isEqualTo(200);

            var statuses = new ConcurrentHashMap<String, Integer>();
            var done = new AtomicBoolean();
            try (var threads = Executors.newFixedThreadPool(SAYING)) {
                var saying = IntStream.range(0, SAYING)
                        .mapToObj(who -> threads.submit((Callable<Integer>) () -> {
                            var said = 0;
                            for (; !done.get(); said++) {
                                var id = who + "-" + said;
                                statuses.put(id, system.say(hub.port(), "hook", id, "customer-" + id, "hello"));
                                // A platform that did not hear the answer says it again.
                                if (said % 10 == 0) system.say(hub.port(), "hook", id, "customer-" + id, "hello");
                            }
                            return said;
                        }))
                        .toList();
                try {
                    for (var version = 1; version <= VERSIONS; version++) {
                        serve(owner, version);
                        // As many calls as there are callers may have been under way by then.
                        var before = statuses.size();
                        Eventually.holds(() -> statuses.size() > before + SAYING);
                    }
                } finally {
                    done.set(true);
                }
                for (var one : saying) assertThat(one.get()).isPositive();
            }

            assertThat(statuses)
                    .allSatisfy((id, status) -> assertThat(status).as(id).isEqualTo(200));
            var customers =
                    statuses.keySet().stream().map(id -> "customer-" + id).toList();
            Eventually.holds(() -> system.heard().size() > customers.size()
                    && system.heard().keySet().containsAll(customers));
            assertThat(system.heard())
                    .hasSize(customers.size() + 1)
                    .allSatisfy((customer, replies) ->
                            assertThat(replies).as(customer).hasSize(1));
            assertThat(questions(hub)).hasSize(customers.size() + 1).doesNotHaveDuplicates();
        }
    }

    /** Drops a version and waits until it serves. */
    private static void serve(Browser owner, int version) throws Exception {
        var folder = Path.of(owner.get("/api/wasm").json().get("folder").asText());
        var number = "1.0." + version;
        var manifest = Files.readString(EXAMPLE.resolve("channel-webhook.json")).replace("1.0.0", number);
        put(folder.resolve("channel-webhook.json"), manifest.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        put(folder.resolve("channel-webhook.wasm"), Files.readAllBytes(EXAMPLE.resolve("channel-webhook.wasm")));
        Eventually.holds(() -> StreamSupport.stream(
                        owner.get("/api/plugins").json().get("plugins").spliterator(), false)
                .anyMatch(one -> one.path("id").asText().equals("channel-webhook")
                        && one.at("/serving/version").asText().equals(number)));
    }

    private static void put(Path file, byte[] content) throws Exception {
        var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.write(unfinished, content);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The ids by which the other system said what is stored. */
    private static List<String> questions(HubFixture hub) {
        try (var database = Database.open(hub.address(), DatabaseWaits.USUAL)) {
            return new ArrayList<>(
                    database.read(tx -> tx.createQuery("""
                            select m.external_id from message m join channel c on c.id = m.channel_id
                            where c.key = 'hook' and m.author = 'CUSTOMER'""").mapTo(String.class).list()));
        }
    }
}
