package io.kefuhub.bench.wasm;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.JsonWire;
import io.kefuhub.bench.Load;
import io.kefuhub.bench.Machine;
import io.kefuhub.bench.Questions;
import io.kefuhub.bench.Visitors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * What two modules that spin, asked about the messages of one desk, cost the conversations of another: first such as compute
 * for as long as they may and answer, so that they may go on for ever; then such as never end, each of which is set aside after
 * five messages, and tried again after a minute. Or, where that is wanted, such as never end and come anew: a new version of
 * both as soon as both are set aside, so that loading them is in the figure.
 */
public final class NeighboursBench {
    private static final List<String> ENDLESS = List.of("loop", "loop-with-calls");
    private static final List<String> BUSY = List.of("busy-one", "busy-two");
    /** The desks with the modules know an answer to this alone. */
    private static final String QUESTION = "怎么退货？";

    private static final String DESK = """
            desks:
              %1$s: {title: {en: %1$s, zh-CN: %1$s}}
            channels:
              wk_%1$s:
                type: web
                title: %1$s
                desk: %1$s
                settings: {connections-per-address: 1000000, sessions-per-hour: 1000000, messages-per-10s: 1000000, messages-per-10min: 1000000}
            knowledge:
              - desk: %1$s
                entries:
                  - {language: zh-CN, question: "%2$s", answer: 七天内可以退货。}
            filters:
              %3$s: {type: %3$s, desks: [%1$s], whenFailed: pass}
              %4$s: {type: %4$s, desks: [%1$s], whenFailed: pass}
            """;
    /** Milliseconds that a call of each kind may take. */
    private static final int USUAL_CALL = 50;

    private static final int LONG_CALL = 400;
    private static final int RATE = 100;
    private static final int CUSTOMERS = 50;
    private static final int ANEW_RATE = 20;
    /** Keeps such modules computing for most of the time. */
    private static final int SPINNING_RATE = 6;

    private static final int SPINNING_CUSTOMERS = 4;
    /** Seconds of asking as fast as answers come, after which the Java machine has compiled most of what answers. */
    private static final int HOT = 60;

    private static final int CALM = 60;
    private static final int TO_BEGIN = 20;
    private static final long LOOK = 20_000_000;
    private static final double MOST = 1.5;

    private NeighboursBench() {}

    /** {@code DIST HOME REPOSITORY SECONDS [anew]} */
    public static void main(String[] arguments) throws IOException {
        var home = Path.of(arguments[1]);
        var guests = Path.of(arguments[2]).resolve("hub-core/src/test/resources/wasm");
        var seconds = Integer.parseInt(arguments[3]);
        var anew = arguments.length > 4 && arguments[4].equals("anew");
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("wasm"));
        declare(home, "endless", ENDLESS);
        declare(home, "busy", BUSY);
        System.out.print(Machine.describe());
        System.out.printf("%d questions a second, %d s each way%n%n", RATE, seconds);
        boolean good;
        try (var hub = Hub.start(Path.of(arguments[0]), home);
                var visitors = new Visitors(hub.url);
                var load = new Load(visitors, new JsonWire(), CUSTOMERS, false)) {
            bring(home, BUSY, 0);
            bring(home, ENDLESS, 0);
            for (var module : BUSY) Files.copy(guests.resolve("busy.wasm"), wasm(home, module));
            for (var module : ENDLESS) Files.copy(guests.resolve(module + ".wasm"), wasm(home, module));
            warmUp(visitors, CUSTOMERS, Questions.ALL, HOT);
            load.steady(RATE);
            load.pass(CALM);
            var alone = load.count(seconds);
            var rows = new LinkedHashMap<String, Load.Result>();
            if (anew) {
                rows.put("beside two modules that never end and come anew", comingAnew(hub, home, load, seconds));
            } else {
                rows.put("beside two modules that compute all the time", computing(hub, load, seconds));
                rows.put("beside two modules that never end", neverEnding(hub, load, seconds));
            }
            var aloneAgain = load.count(seconds);
            load.finish();
            System.out.println("| | answers/s | mean ms | p50 ms | p95 ms | p99 ms |\n|---|--:|--:|--:|--:|--:|");
            System.out.println(row("alone", alone));
            rows.forEach((what, result) -> System.out.println(row(what, result)));
            System.out.println(row("alone", aloneAgain));
            System.out.println();
            var lower = Math.min(alone.millis(0.95), aloneAgain.millis(0.95));
            good = load.asked() == load.answers();
            for (var row : rows.entrySet()) good &= isNear(row.getKey(), row.getValue(), lower);
        }
        if (!good) System.exit(1);
    }

    private static void declare(Path home, String desk, List<String> modules) throws IOException {
        Files.writeString(
                home.resolve("conf").resolve(desk + ".yaml"),
                DESK.formatted(desk, QUESTION, modules.get(0), modules.get(1)));
    }

    private static void warmUp(Visitors visitors, int customers, List<String> questions, int seconds)
            throws IOException {
        try (var hot = new Load(visitors, new JsonWire(), customers, true, questions)) {
            hot.everyone();
            hot.pass(seconds);
            hot.finish();
        }
    }

    /** Says how much of the time guests ran. */
    private static Load.Result computing(Hub hub, Load load, int seconds) throws IOException {
        try (var visitors = new Visitors(hub.url, "wk_busy")) {
            warmUp(visitors, SPINNING_CUSTOMERS, List.of(QUESTION), HOT / 2);
        }
        try (var visitors = new Visitors(hub.url, "wk_busy");
                var asking = new Load(visitors, new JsonWire(), SPINNING_CUSTOMERS, false, List.of(QUESTION))) {
            asking.steady(SPINNING_RATE);
            asking.pass(TO_BEGIN);
            var before = calls(hub);
            var began = System.nanoTime();
            var result = load.count(seconds);
            var share = ran(hub, before) / ((System.nanoTime() - began) / 1e9);
            asking.finish();
            System.out.printf(Locale.ROOT, "modules that compute ran for %.0f %% of the time%n", 100 * share);
            return result;
        }
    }

    /** How many calls of each module were answered until now. */
    private static Map<String, Double> calls(Hub hub) throws IOException {
        var calls = new HashMap<String, Double>();
        for (var module : BUSY) {
            if (hub.metric("kefuhub_wasm_set_aside{filter=\"" + module + "\"}") > 0) {
                throw new IllegalStateException(module + " was set aside, so that nothing was measured");
            }
            calls.put(module, hub.metric("kefuhub_wasm_verdicts_total{filter=\"" + module + "\",verdict=\"pass\"}"));
        }
        return calls;
    }

    /** Seconds that the calls took which were answered since there were so many of each module. */
    private static double ran(Hub hub, Map<String, Double> before) throws IOException {
        var seconds = 0.0;
        for (var now : calls(hub).entrySet()) {
            var each = hub.metric("kefuhub_wasm_seconds{filter=\"" + now.getKey() + "\",quantile=\"0.5\"}");
            seconds += (now.getValue() - Objects.requireNonNull(before.get(now.getKey()))) * each;
        }
        return seconds;
    }

    private static Load.Result neverEnding(Hub hub, Load load, int seconds) throws IOException {
        try (var visitors = new Visitors(hub.url, "wk_endless");
                var spinning = new Load(visitors, new JsonWire(), SPINNING_CUSTOMERS, false, List.of(QUESTION))) {
            spinning.steady(SPINNING_RATE);
            var result = load.count(seconds);
            spinning.finish();
            for (var module : ENDLESS) {
                if (hub.metric("kefuhub_wasm_verdicts_total{filter=\"" + module + "\",verdict=\"failed\"}") == 0) {
                    throw new IllegalStateException(module + " was not asked, so that nothing was measured");
                }
            }
            return result;
        }
    }

    private static Load.Result comingAnew(Hub hub, Path home, Load load, int seconds) throws IOException {
        try (var visitors = new Visitors(hub.url, "wk_endless");
                var spinning = new Load(visitors, new JsonWire(), SPINNING_CUSTOMERS, false, List.of(QUESTION))) {
            spinning.steady(ANEW_RATE);
            var running = new Running();
            var bringing = Thread.ofPlatform().daemon().start(() -> bringAgainAndAgain(hub, home, running));
            var began = System.nanoTime();
            var result = load.count(seconds);
            bringing.interrupt();
            spinning.finish();
            running.print(System.nanoTime() - began);
            return result;
        }
    }

    /** Until it is interrupted. */
    private static void bringAgainAndAgain(Hub hub, Path home, Running running) {
        try {
            for (var version = 1; !Thread.currentThread().isInterrupted(); version++) {
                bring(home, ENDLESS, version);
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
            for (var module : ENDLESS) {
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
                    "%d versions of both that never end were set aside; they ran for %.0f %% of the time%n%n",
                    versions,
                    100 * seconds / (nanos / 1e9));
        }
    }

    private static void bring(Path home, List<String> modules, int version) {
        try {
            for (var module : modules) {
                var manifest = "{\"version\": \"1.0.%d\", \"timeoutMs\": %d, \"onError\": \"pass\"}";
                var unfinished = Files.writeString(
                        home.resolve(module + ".json"),
                        manifest.formatted(version, modules == BUSY ? LONG_CALL : USUAL_CALL));
                Files.move(
                        unfinished,
                        home.resolve("wasm").resolve(module + ".json"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Path wasm(Path home, String module) {
        return home.resolve("wasm").resolve(module + ".wasm");
    }

    private static boolean isNear(String what, Load.Result beside, double alone) {
        var slower = beside.millis(0.95) / alone;
        System.out.printf(
                Locale.ROOT,
                "%s: %s: p95 is at most %.1f times as high (%.2f)%n",
                slower <= MOST ? "yes" : "NO",
                what,
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
