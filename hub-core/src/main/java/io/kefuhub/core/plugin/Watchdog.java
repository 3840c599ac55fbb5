package io.kefuhub.core.plugin;

import java.util.Arrays;
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

    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("plugin-watchdog").factory());

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
        for (var call : watched) {
            if (now - call.startedAt < call.callee.deadline.toNanos() || !watched.remove(call)) continue;
            call.callee.counters.overdue();
            call.callee.complain(() -> "is late at\n" + where(call.thread));
        }
    }

    private static String where(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .limit(LINES)
                .map(line -> "  " + line)
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    /** One call; equal to itself only. */
    static final class Watched {
        private final Callee callee;
        private final Thread thread;
        private final long startedAt;

        Watched(Callee callee, Thread thread, long startedAt) {
            this.callee = callee;
            this.thread = thread;
            this.startedAt = startedAt;
        }
    }
}
