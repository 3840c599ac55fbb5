package io.kefuhub.bench.restart;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.Machine;
import io.kefuhub.bench.Newcomers;
import io.kefuhub.bench.Visitors;
import io.kefuhub.bench.plugin.ExitPlugin;
import io.kefuhub.bench.plugin.HoardPlugin;
import io.kefuhub.bench.plugin.WatchPlugin;
import io.kefuhub.bench.swap.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Gives a hub that has been used versions of a plugin that end it, and watches it come back without them.
 * {@code bench/restart} calls it.
 */
public final class RestartBench {
    private static final Duration BACK_WITHIN = Duration.ofSeconds(5);
    private static final String FIRST = "1.0.0";

    private final Hub hub;
    private final int rounds;
    private int versions;

    private RestartBench(Hub hub, int rounds) {
        this.hub = hub;
        this.rounds = rounds;
    }

    /** {@code DIST HOME [--rounds 9] [--visitors 500]}. */
    public static void main(String[] arguments) throws IOException {
        var options = List.of(arguments).subList(2, arguments.length);
        var rounds = number(options, "--rounds", 9);
        System.out.print(Machine.describe());
        boolean good;
        try (var hub = Hub.start(Path.of(arguments[0]), Path.of(arguments[1]))) {
            good = new RestartBench(hub, rounds).isGood(number(options, "--visitors", 500));
        }
        if (!good) System.exit(1);
    }

    private static int number(List<String> options, String name, int usual) {
        var at = options.indexOf(name);
        return at < 0 ? usual : Integer.parseInt(options.get(at + 1));
    }

    private boolean isGood(int visitors) throws IOException {
        use(visitors);
        drop(FIRST, WatchPlugin.class);
        awaitServing(1);
        hub.stop();
        hub.environment("KEFUHUB_RESTART", "yes");
        var byExit = deaths(ExitPlugin.class);
        var byMemory = deaths(HoardPlugin.class);
        System.out.printf(
                "%n%d deaths of each kind%n%n| ended by | next process after ms, median | serving again after s, median | best"
                        + " | worst |%n|---|--:|--:|--:|--:|%n",
                rounds);
        System.out.println(row("`System.exit`", byExit));
        System.out.println(row("taking all memory", byMemory));
        var worst = Math.max(worst(byExit), worst(byMemory));
        var holds = worst <= BACK_WITHIN.toMillis();
        System.out.printf("%n%s: serving again within %d s%n", holds ? "yes" : "NO", BACK_WITHIN.toSeconds());
        return holds;
    }

    private void use(int visitors) {
        try (var all = new Visitors(hub.url);
                var coming = new Newcomers(all, 200)) {
            while (coming.served() < visitors) {
                coming.throwFailure();
                LockSupport.parkNanos(5_000_000);
            }
            coming.finish();
        }
    }

    /** Each with a script of its own, which gives up after some deaths in a minute. */
    private List<Restart> deaths(Class<?> plugin) throws IOException {
        var all = new ArrayList<Restart>();
        for (var i = 0; i < rounds; i++) {
            hub.launchAgain();
            hub.awaitReady();
            var served = served();
            drop("1.0." + ++versions, plugin);
            all.add(Restart.of(hub));
            System.out.printf(
                    Locale.ROOT,
                    "%s: serving again after %.2f s%n",
                    plugin.getSimpleName(),
                    all.getLast().serving().toMillis() / 1e3);
            awaitServing(served + 1);
            hub.stop();
        }
        return all;
    }

    private void drop(String version, Class<?> plugin) throws IOException {
        var folder = hub.home.resolve("plugins");
        var beside = Files.write(folder.resolve("watch.part"), PluginJars.packed(WatchPlugin.FILTER, version, plugin));
        Files.move(beside, folder.resolve("watch.jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Waits until the version before has come to serve so often. */
    private void awaitServing(int times) throws IOException {
        var end = System.nanoTime() + BACK_WITHIN.toNanos() * 4;
        while (served() < times) {
            if (System.nanoTime() - end > 0) throw new IOException(FIRST + " does not serve");
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** How often the log says that it serves. */
    private int served() throws IOException {
        var line = "Plugin " + WatchPlugin.FILTER + " " + FIRST + " serves";
        return Files.readString(hub.output()).split(line, -1).length - 1;
    }

    private static String row(String what, List<Restart> all) {
        ToDoubleFunction<Function<Restart, Duration>> median = time -> sorted(all, time)[all.size() / 2];
        var serving = sorted(all, Restart::serving);
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.2f | %.2f | %.2f |",
                what,
                median.applyAsDouble(Restart::launched),
                median.applyAsDouble(Restart::serving) / 1e3,
                serving[0] / 1e3,
                serving[serving.length - 1] / 1e3);
    }

    private static double worst(List<Restart> all) {
        var sorted = sorted(all, Restart::serving);
        return sorted[sorted.length - 1];
    }

    private static double[] sorted(List<Restart> all, Function<Restart, Duration> time) {
        return all.stream()
                .mapToDouble(one -> time.apply(one).toNanos() / 1e6)
                .sorted()
                .toArray();
    }
}
