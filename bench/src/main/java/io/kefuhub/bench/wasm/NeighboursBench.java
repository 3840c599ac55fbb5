package io.kefuhub.bench.wasm;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.JsonWire;
import io.kefuhub.bench.Load;
import io.kefuhub.bench.Machine;
import io.kefuhub.bench.Visitors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What two modules that never end, asked about the messages of one desk, cost the conversations of another. Each is set
 * aside after five messages; as soon as both are, a new version of both comes and begins anew. How long a guest was running
 * is counted from the calls that were stopped and how long such a call takes.
 */
public final class NeighboursBench {
    private static final List<String> MODULES = List.of("loop", "loop-with-calls");
    /** The desk with the modules knows an answer to this alone. */
    private static final String QUESTION = "怎么退货？";

    private static final String DESK = """
            desks:
              spin: {title: {en: Spin, zh-CN: 空转}}
            channels:
              wk_spin:
                type: web
                title: Spin
                desk: spin
                settings: {connections-per-address: 1000000, sessions-per-hour: 1000000, messages-per-10s: 1000000, messages-per-10min: 1000000}
            knowledge:
              - desk: spin
                entries:
                  - {language: zh-CN, question: "%s", answer: 七天内可以退货。}
            filters:
              loop: {type: loop, desks: [spin], whenFailed: pass}
              loop-with-calls: {type: loop-with-calls, desks: [spin], whenFailed: pass}
            """.formatted(QUESTION);
    private static final int RATE = 100;
    private static final int CUSTOMERS = 50;
    private static final int SPINNING_RATE = 20;
    private static final int SPINNING_CUSTOMERS = 4;
    private static final int WARM_UP = 20;
    private static final long LOOK = 20_000_000;
    private static final double MOST = 1.5;

    private NeighboursBench() {}

    /** {@code DIST HOME REPOSITORY SECONDS} */
    public static void main(String[] arguments) throws IOException {
        var home = Path.of(arguments[1]);
        var guests = Path.of(arguments[2]).resolve("hub-core/src/test/resources/wasm");
        var seconds = Integer.parseInt(arguments[3]);
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/neighbours.yaml"), DESK);
        System.out.print(Machine.describe());
        System.out.printf("%d questions a second, %d s each way%n%n", RATE, seconds);
        boolean good;
        try (var hub = Hub.start(Path.of(arguments[0]), home);
                var visitors = new Visitors(hub.url);
                var load = new Load(visitors, new JsonWire(), CUSTOMERS, false)) {
            bring(home, guests, 0);
            load.steady(RATE);
            load.pass(WARM_UP);
            var calm = load.count(seconds);
            var beside = spinning(hub, home, guests, load, seconds);
            load.finish();
            good = print(calm, beside) && load.asked() == load.answers();
        }
        if (!good) System.exit(1);
    }

    private static Load.Result spinning(Hub hub, Path home, Path guests, Load load, int seconds) throws IOException {
        try (var visitors = new Visitors(hub.url, "wk_spin");
                var spinning = new Load(visitors, new JsonWire(), SPINNING_CUSTOMERS, false, List.of(QUESTION))) {
            spinning.steady(SPINNING_RATE);
            var running = new Running();
            var bringing = Thread.ofPlatform().daemon().start(() -> bringAgainAndAgain(hub, home, guests, running));
            var began = System.nanoTime();
            var result = load.count(seconds);
            bringing.interrupt();
            spinning.finish();
            running.print(System.nanoTime() - began);
            return result;
        }
    }

    /** Until it is interrupted. */
    private static void bringAgainAndAgain(Hub hub, Path home, Path guests, Running running) {
        try {
            for (var version = 1; !Thread.currentThread().isInterrupted(); version++) {
                bring(home, guests, version);
                running.awaitSetAside(hub);
            }
        } catch (IllegalStateException e) {
            if (!(e.getCause() instanceof InterruptedException)) throw e;
        }
    }

    /** How long guests were running. One thread only writes to it. */
    private static final class Running {
        private final Map<String, Double> failedBefore = new HashMap<>();
        private volatile double seconds;
        private volatile int versions;

        /** Waits until new versions of both modules serve and are set aside, and notes for how long their calls ran until then. */
        void awaitSetAside(Hub hub) {
            for (var module : MODULES) {
                var failed = "kefuhub_wasm_verdicts_total{filter=\"" + module + "\",verdict=\"failed\"}";
                // A version that has just come has not failed as often as the one before it.
                var before = failedBefore.getOrDefault(module, Double.MAX_VALUE);
                if (!await(() -> hub.metric(failed) < before)) return;
                if (!await(() -> hub.metric("kefuhub_wasm_set_aside{filter=\"" + module + "\"}") >= 1)) return;
                try {
                    var calls = hub.metric(failed);
                    failedBefore.put(module, calls);
                    seconds += calls * hub.metric("kefuhub_wasm_seconds{filter=\"" + module + "\",quantile=\"0.5\"}");
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
            versions++;
        }

        private interface Condition {
            boolean holds() throws IOException;
        }

        /** Says whether it came to hold before this thread was interrupted. */
        private static boolean await(Condition condition) {
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(LOOK);
                try {
                    if (condition.holds()) return true;
                } catch (IOException e) {
                    // A module that is just coming has no numbers yet.
                }
            }
            return false;
        }

        void print(long nanos) {
            if (versions == 0) throw new IllegalStateException("no module was set aside, so that nothing was measured");
            System.out.printf(
                    Locale.ROOT,
                    "%d versions of both were set aside; guests ran for %.0f %% of the time%n%n",
                    versions,
                    100 * seconds / (nanos / 1e9));
        }
    }

    private static void bring(Path home, Path guests, int version) {
        try {
            for (var module : MODULES) {
                put(home, module + ".json", "{\"version\": \"1.0." + version + "\", \"onError\": \"pass\"}");
                if (version > 0) continue;
                Files.copy(
                        guests.resolve(module + ".wasm"), home.resolve("wasm").resolve(module + ".wasm"));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void put(Path home, String name, String text) throws IOException {
        var unfinished = Files.writeString(home.resolve(name), text);
        Files.move(unfinished, home.resolve("wasm").resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean print(Load.Result calm, Load.Result beside) {
        System.out.println("| | answers/s | mean ms | p50 ms | p95 ms | p99 ms |\n|---|--:|--:|--:|--:|--:|");
        System.out.println(row("alone", calm));
        System.out.println(row("beside two modules that spin", beside));
        var slower = beside.millis(0.95) / calm.millis(0.95);
        System.out.printf(
                Locale.ROOT,
                "%n%s: p95 is at most %.1f times as high (%.2f)%n",
                slower <= MOST ? "yes" : "NO",
                MOST,
                slower);
        return slower <= MOST;
    }

    private static String row(String what, Load.Result result) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.1f | %.1f | %.1f | %.1f |",
                what,
                result.perSecond(),
                result.meanMillis(),
                result.millis(0.5),
                result.millis(0.95),
                result.millis(0.99));
    }
}
