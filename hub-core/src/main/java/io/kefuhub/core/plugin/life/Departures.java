package io.kefuhub.core.plugin.life;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.kefuhub.core.plugin.PluginVersion;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that generations which were unloaded are gone: their class loader is collected. Safe for threads.
 *
 * <p>The proof runs behind. While something is to be proven a collection is asked for, never two within the pause. A
 * concurrent one takes all that is young for alive, so nobody is accused who has not seen as many as it takes to grow old;
 * what is left by the next one after that is named, with the threads that hold it. Where no thread does, {@link #trace}
 * finds the way from a root, but it stops everybody for that, so only an admin begins it.
 */
final class Departures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
    private static final int PATIENCE = 2;
    private static final int SELDOM = 10;
    private static final Ages AGES = Ages.ofThisMachine();

    private final Duration pause;
    private final InstantSource clock;
    private final Consumer<Leak> leaks;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentLinkedQueue<Gone> departed = new ConcurrentLinkedQueue<>();
    private final Map<Gone, Leak> leaked = new ConcurrentHashMap<>();
    private final AtomicBoolean tracing = new AtomicBoolean();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("departures").daemon().factory());
    private volatile long collections;
    private long nextAt = System.nanoTime();

    /** A generation that was unloaded. Equal to itself only. {@link HeapPath} reads its fields by their names. */
    static final class Gone {
        final long number;
        final PluginName name;
        final Instant left;
        final WeakReference<ClassLoader> loader;
        /** Collections that had been asked for, and those that had happened, when it left. */
        final long since;

        final long born;
        /** Collections that had been asked for when nothing of it could be young any more; negative before. */
        long grownAt = -1;

        Gone(long number, PluginVersion version, Instant left, long since) {
            this.number = number;
            this.name = new PluginName(version.id(), version.version(), version.sha256());
            this.left = left;
            this.loader = new WeakReference<>(version.loader());
            this.since = since;
            this.born = AGES.now(since);
        }
    }

    /** Which version of which plugin it was; nothing that leads to its loader. */
    private record PluginName(String plugin, String version, String sha256) {}

    /**
     * A generation that was unloaded and is still in memory.
     *
     * @param since when it was unloaded
     * @param holders what holds it, such as the names of threads; empty when that cannot be told
     */
    record Leak(String plugin, String version, String sha256, Instant since, List<String> holders) {
        Leak {
            holders = List.copyOf(holders);
        }
    }

    /**
     * @param pause between collections that are asked for
     * @param leaks told once of each leak
     */
    Departures(Duration pause, InstantSource clock, Consumer<Leak> leaks) {
        this.pause = pause;
        this.clock = clock;
        this.leaks = leaks;
        var look = Math.max(20, Math.min(1_000, pause.toMillis() / 10));
        timer.scheduleWithFixedDelay(this::look, look, look, TimeUnit.MILLISECONDS);
    }

    /** A version was unloaded; its loader must not be kept by the caller. */
    void left(PluginVersion version) {
        departed.add(new Gone(numbers.incrementAndGet(), version, clock.instant(), collections));
    }

    /** How many generations that were unloaded are not proven to be gone. */
    int pending() {
        return departed.size();
    }

    /** How many collections were asked for. */
    long collections() {
        return collections;
    }

    /** What is known to have stayed of a plugin, the first to leave first. */
    List<Leak> leaks(String plugin) {
        return leaked.values().stream()
                .filter(leak -> leak.plugin().equals(plugin))
                .sorted(Comparator.comparing(Leak::since))
                .toList();
    }

    int leaked(String plugin) {
        return (int) leaked.values().stream()
                .filter(leak -> leak.plugin().equals(plugin))
                .count();
    }

    private synchronized void look() {
        try {
            forget();
            for (var gone : departed) if (hasStayed(gone)) name(gone);
            if (departed.isEmpty() || System.nanoTime() - nextAt < 0) return;
            // What is known to have stayed may go later; it is worth a look now and then.
            var allNamed = leaked.keySet().containsAll(departed);
            // Concurrent, by the flags the hub is started with.
            System.gc();
            collections++;
            nextAt = System.nanoTime() + pause.toNanos() * (allNamed ? SELDOM : 1);
        } catch (RuntimeException e) {
            LOG.error("Unloaded plugins could not be looked after", e);
        }
    }

    private void forget() {
        departed.removeIf(gone -> gone.loader.refersTo(null));
        leaked.keySet().removeIf(gone -> gone.loader.refersTo(null));
    }

    private boolean hasStayed(Gone gone) {
        if (gone.grownAt < 0 && AGES.now(collections) - gone.born >= AGES.grownUp) gone.grownAt = collections;
        return !leaked.containsKey(gone)
                && gone.grownAt >= 0
                && collections > gone.grownAt
                && collections - gone.since >= PATIENCE;
    }

    private void name(Gone gone) {
        var holders = threads(gone);
        if (gone.loader.refersTo(null)) return;
        var leak = new Leak(gone.name.plugin, gone.name.version, gone.name.sha256, gone.left, holders);
        leaked.put(gone, leak);
        LOG.warn(
                "Plugin {} {} was unloaded and is still in memory; held by {}",
                gone.name.plugin,
                gone.name.version,
                leak.holders().isEmpty()
                        ? "something that is no thread, such as a registration in a class of the JDK"
                        : leak.holders());
        leaks.accept(leak);
    }

    private static List<String> threads(Gone gone) {
        var loader = gone.loader.get();
        return loader == null ? List.of() : HoldingThreads.of(loader);
    }

    /**
     * Looks for the way to each version of a plugin that has stayed and that no thread holds. Everybody stands still
     * meanwhile.
     *
     * @return what is known of them then; empty when it could not be looked for now
     */
    Optional<List<Leak>> trace(String plugin, HeapDumps heap) {
        if (!tracing.compareAndSet(false, true)) return Optional.empty();
        try {
            var unknown = leaked.entrySet().stream()
                    .filter(entry -> entry.getValue().plugin().equals(plugin)
                            && entry.getValue().holders().isEmpty())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toMap(gone -> gone.number, gone -> gone));
            if (!unknown.isEmpty()) {
                var paths = heap.paths(unknown.keySet());
                if (paths.isEmpty()) return Optional.empty();
                unknown.forEach((number, gone) -> {
                    var steps = paths.get().get(number);
                    if (steps != null) tell(gone, steps);
                });
            }
            return Optional.of(leaks(plugin));
        } finally {
            tracing.set(false);
        }
    }

    private void tell(Gone gone, List<String> steps) {
        leaked.computeIfPresent(
                gone,
                (_, leak) -> new Leak(
                        leak.plugin(),
                        leak.version(),
                        leak.sha256(),
                        leak.since(),
                        List.of(String.join(" > ", steps))));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /**
     * Counts the collections by which objects grow old; those that a busy hub makes by itself count as well.
     *
     * @param young counts them; empty where the ones that are asked for take everything whatever its age
     * @param grownUp after so many nothing is young any more
     */
    private record Ages(Optional<GarbageCollectorMXBean> young, int grownUp) {
        static Ages ofThisMachine() {
            var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            var isConcurrent = Boolean.parseBoolean(
                    machine.getVMOption("ExplicitGCInvokesConcurrent").getValue());
            if (!isConcurrent) return new Ages(Optional.empty(), 1);
            var young = ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .filter(bean -> bean.getName().contains("Young"))
                    .findFirst();
            var threshold =
                    Integer.parseInt(machine.getVMOption("MaxTenuringThreshold").getValue());
            return new Ages(young, threshold + 1);
        }

        long now(long asked) {
            return young.map(GarbageCollectorMXBean::getCollectionCount).orElse(asked);
        }
    }
}
