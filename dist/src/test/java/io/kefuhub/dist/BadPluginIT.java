package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.bench.proof.Console;
import io.kefuhub.bench.swap.PluginJars;
import io.kefuhub.dist.plugin.FilterPlugin;
import io.kefuhub.dist.plugin.Greedy;
import io.kefuhub.dist.plugin.Modest;
import io.kefuhub.dist.plugin.Quitting;
import io.kefuhub.dist.plugin.Spinning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that take what belongs to all, in the packed hub: its processors and its memory. */
@Timeout(180)
final class BadPluginIT {
    private static final String NAME = "an.admin";
    /** Take turns, because a name may sign in only so often in a minute. */
    private static final List<String> NAMES = List.of("one.of.two", "two.of.two");

    private static final String PASSWORD = "looks-at-plugins-1";
    private static final String PEOPLE = """
            people:
              %1$s: {name: Admin, roles: [admin], password: %4$s, mustChangePassword: false}
              %2$s: {name: One, roles: [admin], password: %4$s, mustChangePassword: false}
              %3$s: {name: Two, roles: [admin], password: %4$s, mustChangePassword: false}
            """.formatted(NAME, NAMES.getFirst(), NAMES.getLast(), PASSWORD);

    /** Five seconds on a machine that does nothing else; tests share theirs. */
    private static final Duration BACK_WITHIN = Duration.ofSeconds(15);

    private static final int IN_A_ROW = 4;
    private static final int MOST_ROUNDS = 12;

    @TempDir
    Path folder;

    private Path home;
    private Path unpacked;

    @BeforeEach
    void unpack() throws IOException {
        home = folder.resolve("home");
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("plugins"));
        Files.writeString(home.resolve("conf/people.yaml"), PEOPLE);
        unpacked = UnpackedHub.prepared();
    }

    @Test
    void four_plugins_that_spin_keep_nobody_from_signing_in_or_being_answered_within_a_second() throws Exception {
        drop("spin-1", "1.0.0", Spinning.First.class, Spinning.class, FilterPlugin.class);
        drop("spin-2", "1.0.0", Spinning.Second.class, Spinning.class, FilterPlugin.class);
        drop("spin-3", "1.0.0", Spinning.Third.class, Spinning.class, FilterPlugin.class);
        drop("spin-4", "1.0.0", Spinning.Fourth.class, Spinning.class, FilterPlugin.class);
        // As usual: what spins must be late.
        try (var hub = UnpackedHub.start(unpacked, home, Map.of("KEFUHUB_FILTER_DEADLINE", "500ms"));
                var console = new Console(hub.url, () -> false, new Random())) {
            hub.awaitReady();
            console.signIn(NAME, PASSWORD);
            var other = Visitor.of(hub);
            ask(other, 1);
            for (var i = 0; i < 4; i++) Visitor.of(hub).says("please spin");
            await(() -> late(console) == 4);

            var took = new ArrayList<Duration>();
            // Four in a row; a busy machine may hold one up.
            for (var round = 0; round < MOST_ROUNDS && inTime(took) < IN_A_ROW; round++) {
                var heard = round + 2;
                var name = NAMES.get(round % NAMES.size());
                var signedIn = timed(() -> signIn(hub, name));
                var answered = timed(() -> ask(other, heard));
                took.add(signedIn.compareTo(answered) > 0 ? signedIn : answered);
            }
            System.out.println("signed in and answered beside those that spin: " + took);
            assertThat(inTime(took)).as(took.toString()).isEqualTo(IN_A_ROW);
        }
    }

    @Test
    void a_version_that_takes_all_memory_or_ends_the_process_is_set_aside_by_a_hub_that_is_back_and_loses_nothing()
            throws Exception {
        Files.writeString(home.resolve("conf/jvm.args"), "-Xmx160m\n");
        drop("greedy", "1.0.0", Modest.class, FilterPlugin.class);
        try (var hub = UnpackedHub.start(unpacked, home, Map.of("KEFUHUB_RESTART", "yes"))) {
            hub.awaitReady();
            var anna = Visitor.of(hub);
            anna.says("怎么退货");
            anna.hearsFromTheHub(1);

            var back = new AtomicBoolean();
            var said = new AtomicInteger();
            var posting = Thread.ofVirtual().start(() -> {
                while (!back.get() && said.get() < 200) {
                    store(anna, "c-" + said.incrementAndGet());
                    LockSupport.parkNanos(50_000_000);
                }
            });
            drop("greedy", "1.0.1", Greedy.class, FilterPlugin.class);
            await(() -> deaths(hub) == 1);
            var took = timed(() -> {
                hub.awaitReady();
                return true;
            });
            back.set(true);
            posting.join();

            System.out.println("back after " + took.toMillis() + " ms; " + said + " said meanwhile");
            anna.hearsFromTheHub(said.get() + 1);
            var events = anna.events();
            for (var number = 1; number <= said.get(); number++) {
                assertThat(events.split("\"cid\":\"c-" + number + "\"", -1)).hasSize(2);
            }
            assertThat(took).isLessThan(BACK_WITHIN);
            assertThat(plugin(hub, "greedy").at("/serving/version").asText()).isEqualTo("1.0.0");
            assertSetAside(hub, "1.0.1");

            // What is not seen when a jar is judged: nobody asked the hub to stop, so it goes on.
            drop("greedy", "1.0.2", Quitting.class, FilterPlugin.class);
            await(() -> deaths(hub) == 2);
            assertThat(timed(() -> {
                        hub.awaitReady();
                        return true;
                    }))
                    .isLessThan(BACK_WITHIN);
            assertThat(plugin(hub, "greedy").at("/serving/version").asText()).isEqualTo("1.0.0");
            assertSetAside(hub, "1.0.2");
        }
    }

    private static int deaths(UnpackedHub hub) {
        return hub.output().split("\\(status 3\\) and is started again", -1).length - 1;
    }

    private static void assertSetAside(UnpackedHub hub, String version) throws IOException {
        assertThat(plugin(hub, "greedy").path("versions"))
                .filteredOn(one -> one.path("version").asText().equals(version))
                .singleElement()
                .satisfies(one -> assertThat(one.path("setAside").asText()).isNotEmpty());
    }

    private void drop(String id, String version, Class<?>... types) throws IOException {
        Files.write(home.resolve("plugins/" + id + ".jar"), PluginJars.packed(id, version, types));
    }

    private static boolean ask(Visitor visitor, int answers) {
        visitor.says("怎么退货");
        return visitor.hearsFromTheHub(answers).size() == answers;
    }

    /** Sends the same until it is acknowledged, whatever happens to the hub meanwhile. */
    private static void store(Visitor visitor, String cid) {
        while (true) {
            try {
                visitor.postsUntilStored(cid, "怎么退货");
                return;
            } catch (UncheckedIOException e) {
                LockSupport.parkNanos(50_000_000);
            }
        }
    }

    private static boolean signIn(UnpackedHub hub, String name) throws IOException {
        try (var console = new Console(hub.url, () -> false, new Random())) {
            return !console.signIn(name, PASSWORD).isEmpty();
        }
    }

    private static JsonNode plugin(UnpackedHub hub, String id) throws IOException {
        try (var console = new Console(hub.url, () -> false, new Random())) {
            console.signIn(NAME, PASSWORD);
            return plugin(console, id);
        }
    }

    private static JsonNode plugin(Console console, String id) throws IOException {
        for (var plugin : console.get("/api/plugins").body().path("plugins")) {
            if (plugin.path("id").asText().equals(id)) return plugin;
        }
        throw new AssertionError("no plugin " + id);
    }

    /** How many of the plugins have been late. */
    private static long late(Console console) {
        var late = 0;
        for (var id : List.of("spin-1", "spin-2", "spin-3", "spin-4")) {
            try {
                if (plugin(console, id).path("late").asLong() > 0) late++;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return late;
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) LockSupport.parkNanos(20_000_000);
    }

    /** How many of the last were within a second. */
    private static long inTime(List<Duration> took) {
        return took.reversed().stream()
                .takeWhile(one -> one.compareTo(Duration.ofSeconds(1)) <= 0)
                .count();
    }

    private static Duration timed(Callable<Boolean> what) throws Exception {
        var began = System.nanoTime();
        assertThat(what.call()).isTrue();
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
