package io.kefuhub.core.plugin;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Notes calls that stay too long on a thread that cannot be given up, and says where they are. Safe for threads. */
final class Watchdog implements AutoCloseable {
    private static final long PERIOD_MILLIS = 100;
    private static final int LINES = 12;

    /** A late call that runs at so many looks in a row waits for nothing. */
    private static final int LOOKS_OF_ONE_THAT_SPINS = 10;

    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("plugin-watchdog").factory());

    /** Those of which calls spun at the last look. */
    private Set<Callee> spun = Set.of();

    Watchdog() {
        var _ = looks.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    Watched watch(Callee callee) {
        var call = new Watched(callee, Thread.currentThread(), System.nanoTime());
        watched.add(call);
        return call;
    }

    void forget(Watched call) {
        watched.remove(call);
    }

    private void look() {
        var now = System.nanoTime();
        var spinning = new HashMap<Callee, Integer>();
        for (var call : watched) {
            if (now - call.startedAt < call.callee.deadline.toNanos()) continue;
            if (!call.late) note(call);
            call.looksRunning = call.thread.getState() == Thread.State.RUNNABLE ? call.looksRunning + 1 : 0;
            if (call.looksRunning >= LOOKS_OF_ONE_THAT_SPINS) spinning.merge(call.callee, 1, Integer::sum);
        }
        for (var callee : spun) if (!spinning.containsKey(callee)) callee.spins(0);
        spinning.forEach(Callee::spins);
        spun = Set.copyOf(spinning.keySet());
    }

    private static void note(Watched call) {
        call.late = true;
        call.callee.counters.overdue();
        call.callee.complain(() -> "is late at\n" + where(call.thread));
    }

    /** Looks at the upper end only: to walk a whole stack that foreign code has filled holds everybody up. */
    private static String where(Thread thread) {
        return Arrays.stream(upperEnd(thread))
                .limit(LINES)
                .map(line -> "  " + line)
                .collect(Collectors.joining("\n"));
    }

    private static StackTraceElement[] upperEnd(Thread thread) {
        if (thread.isVirtual()) return thread.getStackTrace();
        var seen = ManagementFactory.getThreadMXBean().getThreadInfo(thread.threadId(), LINES);
        return seen == null ? new StackTraceElement[0] : seen.getStackTrace();
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    /** One call; equal to itself only. What may change belongs to the thread that looks. */
    static final class Watched {
        private final Callee callee;
        private final Thread thread;
        private final long startedAt;
        private boolean late;
        private int looksRunning;

        Watched(Callee callee, Thread thread, long startedAt) {
            this.callee = callee;
            this.thread = thread;
            this.startedAt = startedAt;
        }
    }
}
