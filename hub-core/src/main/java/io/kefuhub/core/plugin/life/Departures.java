package io.kefuhub.core.plugin.life;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.kefuhub.core.plugin.PluginVersion;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that generations which were unloaded are gone: their class loader is collected. Safe for threads.
 *
 * <p>The proof runs behind. Whoever has not been collected for a while is looked at again after a collection that is asked
 * for, at most once a minute; a generation that two of them left is looked for once more, thoroughly, and then named with
 * what holds it: threads, or where none does, the way from a root of the heap, which is asked for once of each version.
 */
final class Departures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
    private static final int PATIENCE = 2;
    private static final int SELDOM = 10;
    /** Collections after which nothing is young any more: G1 counts to 15, and one that is not concurrent takes all. */
    private static final int GROWN_UP = collectsConcurrently() ? 16 : 1;

    private final Duration pause;
    private final LongFunction<List<String>> paths;
    private final Consumer<Leak> leaks;
    /** Versions whose way has been looked for. */
    private final Set<String> traced = new HashSet<>();

    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentLinkedQueue<Gone> departed = new ConcurrentLinkedQueue<>();
    private final Map<Gone, Leak> leaked = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("departures").daemon().factory());
    private long collections;
    private long nextAt = System.nanoTime();

    /** A generation that was unloaded. Equal to itself only. {@link HeapPath} reads its fields by their names. */
    static final class Gone {
        final long number;
        final String plugin;
        final String version;
        final WeakReference<ClassLoader> loader;
        final long since;

        Gone(long number, PluginVersion version, long since) {
            this.number = number;
            this.plugin = version.id();
            this.version = version.version();
            this.loader = new WeakReference<>(version.loader());
            this.since = since;
        }
    }

    /**
     * A generation that was unloaded and is still in memory.
     *
     * @param holders what holds it, such as the names of threads; empty when that cannot be told
     */
    record Leak(String plugin, String version, List<String> holders) {
        Leak {
            holders = List.copyOf(holders);
        }

        /** For a reader of any language: the version, and names of code. */
        String words() {
            return holders.isEmpty() ? version : version + ": " + String.join("; ", holders);
        }
    }

    /**
     * @param pause between collections that are asked for
     * @param paths the way to what left under a number, from its root on; asked seldom, for it costs much
     * @param leaks told once of each leak
     */
    Departures(Duration pause, LongFunction<List<String>> paths, Consumer<Leak> leaks) {
        this.pause = pause;
        this.paths = paths;
        this.leaks = leaks;
        var look = Math.max(20, Math.min(1_000, pause.toMillis() / 10));
        timer.scheduleWithFixedDelay(this::look, look, look, TimeUnit.MILLISECONDS);
    }

    /** A version was unloaded; its loader must not be kept by the caller. */
    void left(PluginVersion version) {
        departed.add(new Gone(numbers.incrementAndGet(), version, collections));
    }

    /** How many generations that were unloaded are not proven to be gone. */
    int pending() {
        return departed.size();
    }

    /** What is known to have stayed. */
    Collection<Leak> leaked() {
        return leaked.values();
    }

    int leaked(String plugin) {
        return (int) leaked.values().stream()
                .filter(leak -> leak.plugin().equals(plugin))
                .count();
    }

    private synchronized void look() {
        try {
            forget();
            if (suspects().findAny().isPresent()) {
                age();
                forget();
                suspects().toList().forEach(this::name);
            }
            var waiting =
                    departed.stream().filter(gone -> !leaked.containsKey(gone)).toList();
            if (departed.isEmpty() || System.nanoTime() - nextAt < 0) return;
            // What is known to have stayed may go later; it is worth a look now and then.
            nextAt = System.nanoTime() + pause.toNanos() * (waiting.isEmpty() ? SELDOM : 1);
            // Concurrent, by the flags the hub is started with.
            System.gc();
            collections++;
        } catch (RuntimeException e) {
            LOG.error("Unloaded plugins could not be looked after", e);
        }
    }

    private static boolean collectsConcurrently() {
        var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return Boolean.parseBoolean(
                machine.getVMOption("ExplicitGCInvokesConcurrent").getValue());
    }

    private void forget() {
        departed.removeIf(gone -> gone.loader.refersTo(null));
        leaked.keySet().removeIf(gone -> gone.loader.refersTo(null));
    }

    private Stream<Gone> suspects() {
        return departed.stream().filter(gone -> !leaked.containsKey(gone) && collections - gone.since >= PATIENCE);
    }

    /**
     * Lets everything grow old, so that nobody is accused who is only slow to go: a concurrent collection takes what is
     * young for alive while something old points to it, even if that is dead itself, and a hub at rest collects seldom.
     */
    private static void age() {
        for (var i = 0; i < GROWN_UP; i++) System.gc();
    }

    private void name(Gone gone) {
        var holders = threads(gone);
        if (holders.isEmpty()) holders = way(gone);
        if (gone.loader.refersTo(null)) return;
        var leak = new Leak(gone.plugin, gone.version, holders);
        leaked.put(gone, leak);
        LOG.warn(
                "Plugin {} {} was unloaded and is still in memory; held by {}",
                gone.plugin,
                gone.version,
                leak.holders().isEmpty()
                        ? "something that is no thread, such as a registration in a class of the JDK"
                        : leak.holders());
        leaks.accept(leak);
    }

    private static List<String> threads(Gone gone) {
        var loader = gone.loader.get();
        return loader == null ? List.of() : holders(loader);
    }

    /** The loader must not be held while this is asked. */
    private List<String> way(Gone gone) {
        if (gone.loader.refersTo(null) || !traced.add(gone.plugin + " " + gone.version)) return List.of();
        var steps = paths.apply(gone.number);
        return steps.isEmpty() ? List.of() : List.of(String.join(" > ", steps));
    }

    private static List<String> holders(ClassLoader loader) {
        var holders = new ArrayList<String>();
        for (var entry : Thread.getAllStackTraces().entrySet()) {
            var thread = entry.getKey();
            var own = thread.getContextClassLoader() == loader
                    || thread.getClass().getClassLoader() == loader
                    || runs(entry.getValue(), loader);
            if (own) holders.add("thread " + thread.getName() + where(entry.getValue()));
        }
        return holders;
    }

    private static boolean runs(StackTraceElement[] stack, ClassLoader loader) {
        var name = loader.getName();
        for (var frame : stack) {
            if (name != null && name.equals(frame.getClassLoaderName())) return true;
            if (name == null && defines(loader, frame.getClassName())) return true;
        }
        return false;
    }

    private static boolean defines(ClassLoader loader, String className) {
        if (className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("io.kefuhub.core.")) {
            return false;
        }
        try {
            return Class.forName(className, false, loader).getClassLoader() == loader;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static String where(StackTraceElement[] stack) {
        if (stack.length == 0) return "";
        return List.of(stack).stream().limit(3).map(Object::toString).collect(Collectors.joining(" < ", " at ", ""));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
