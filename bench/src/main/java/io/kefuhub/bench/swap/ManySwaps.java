package io.kefuhub.bench.swap;

import io.kefuhub.bench.Hub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** Swaps one plugin again and again, one swap after the other, and shows that nothing grows. */
final class ManySwaps {
    /** What is loaded and started once belongs to nobody's growth. */
    private static final int FIRST = 50;

    private static final int STEPS = 5;
    private static final long MORE_BYTES = 3 << 20;
    private static final long MORE_CLASSES = 100;
    private static final long MORE_THREADS = 5;
    private static final long MORE_FILES = 5;
    private static final Duration LIMIT = Duration.ofMinutes(7);

    private final Hub hub;
    private final SwapOptions options;
    private final Swapped plugin;

    ManySwaps(Hub hub, Path dist, SwapOptions options) throws IOException {
        this.hub = hub;
        this.options = options;
        var jars = new PluginJars(hub.home.resolve("plugins"));
        plugin = switch (options.jar()) {
            case "filter", "all" -> jars.filter();
            case "responder" -> jars.responder();
            case "channel" -> jars.channel(dist);
            default -> throw new IllegalArgumentException("there is no jar " + options.jar());
        };
    }

    boolean run() throws IOException, InterruptedException {
        try (var owner = new Owner(hub);
                var activations = new Activations(owner.console)) {
            var swapping = new Swapping(plugin, activations, Duration.ZERO, e -> {
                throw e;
            });
            swapping.begin();
            if (options.jar().equals("responder")) owner.addResponder(plugin.plugin());
            for (var i = 0; i < FIRST; i++) swapping.once();
            System.out.println("| swaps | metaspace KB | classes | threads | open files |");
            System.out.println("|--:|--:|--:|--:|--:|");
            var prints = new ArrayList<Footprint>();
            prints.add(settled(owner, 0));
            for (var step = 1; step <= STEPS; step++) {
                var goal = options.count() * step / STEPS;
                while (swapping.took().size() - FIRST < goal) swapping.once();
                prints.add(settled(owner, goal));
            }
            var left = owner.left();
            System.out.printf("%nstill in memory: %s%n", left.leaks());
            System.out.printf(
                    Locale.ROOT, "drop to serving: p50 %d ms, max %d ms%n", millis(swapping, 0.5), millis(swapping, 1));
            return left.unloading() == 0 && isFlat(prints.getFirst(), prints.getLast());
        }
    }

    private static long millis(Swapping swapping, double share) {
        var sorted = swapping.took().stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()))
                .toMillis();
    }

    /** Waits until the hub says that all it unloaded is gone. */
    private Footprint settled(Owner owner, int swaps) throws IOException {
        hub.collectGarbage();
        var end = System.nanoTime() + LIMIT.toNanos();
        while (owner.left().unloading() > 0 && System.nanoTime() - end < 0) LockSupport.parkNanos(500_000_000);
        var now = Footprint.of(hub);
        System.out.printf(
                "| %d | %d | %d | %d | %d |%n",
                swaps, now.metaspaceBytes() >> 10, now.classes(), now.threads(), now.files());
        return now;
    }

    private static boolean isFlat(Footprint before, Footprint after) {
        return after.metaspaceBytes() - before.metaspaceBytes() <= MORE_BYTES
                && after.classes() - before.classes() <= MORE_CLASSES
                && after.threads() - before.threads() <= MORE_THREADS
                && after.files() - before.files() <= MORE_FILES;
    }
}
