package io.kefuhub.bench.wasm;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.JsonWire;
import io.kefuhub.bench.Load;
import io.kefuhub.bench.Machine;
import io.kefuhub.bench.Visitors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What two modules that spin at the messages of one desk cost the conversations of another. Each spins at every third
 * message, so that it fails often and yet is not set aside. How long guests were running is counted from the calls that
 * were stopped and how long such a call takes.
 */
public final class NeighboursBench {
    private static final List<String> MODULES = List.of("loop-when-asked", "loop-with-calls-when-asked");
    /** The desk with the modules knows an answer to this alone, however it ends. */
    private static final String QUESTION = "怎么退货";

    /** What ends with an exclamation mark makes the modules spin. */
    private static final List<String> QUESTIONS = List.of(QUESTION + "?", QUESTION + "?", QUESTION + "!");

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
              loop-when-asked: {type: loop-when-asked, desks: [spin], whenFailed: pass}
              loop-with-calls-when-asked: {type: loop-with-calls-when-asked, desks: [spin], whenFailed: pass}
            """.formatted(QUESTION);
    private static final int RATE = 100;
    private static final int CUSTOMERS = 50;
    private static final int SPINNING_RATE = 30;
    private static final int SPINNING_CUSTOMERS = 9;
    private static final int WARM_UP = 20;
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
            bring(home, guests);
            load.steady(RATE);
            load.pass(WARM_UP);
            var calm = load.count(seconds);
            var beside = spinning(hub, load, seconds);
            load.finish();
            good = print(calm, beside) && load.asked() == load.answers();
        }
        if (!good) System.exit(1);
    }

    private static Load.Result spinning(Hub hub, Load load, int seconds) throws IOException {
        try (var visitors = new Visitors(hub.url, "wk_spin");
                var spinning = new Load(visitors, new JsonWire(), SPINNING_CUSTOMERS, false, QUESTIONS)) {
            spinning.steady(SPINNING_RATE);
            var began = System.nanoTime();
            var result = load.count(seconds);
            printRunning(hub, (System.nanoTime() - began) / 1e9);
            spinning.finish();
            return result;
        }
    }

    private static void printRunning(Hub hub, double seconds) throws IOException {
        var running = 0.0;
        for (var module : MODULES) {
            if (hub.metric("kefuhub_wasm_set_aside{filter=\"" + module + "\"}") > 0) {
                throw new IllegalStateException(module + " was set aside, so that it did not spin all the time");
            }
            var stopped = hub.metric("kefuhub_wasm_verdicts_total{filter=\"" + module + "\",verdict=\"failed\"}");
            running += stopped * hub.metric("kefuhub_wasm_seconds{filter=\"" + module + "\",quantile=\"0.99\"}");
        }
        System.out.printf(Locale.ROOT, "%.1f guests were spinning at any time%n%n", running / seconds);
    }

    private static void bring(Path home, Path guests) throws IOException {
        for (var module : MODULES) {
            var wasm = home.resolve("wasm");
            Files.writeString(wasm.resolve(module + ".json"), "{\"version\": \"1.0.0\", \"onError\": \"pass\"}");
            Files.copy(guests.resolve(module + ".wasm"), wasm.resolve(module + ".wasm"));
        }
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
