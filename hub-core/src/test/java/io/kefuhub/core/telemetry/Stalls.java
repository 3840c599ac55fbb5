package io.kefuhub.core.telemetry;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices when the machine stands still, as a shared one may for a second: then a bound on time is held against the hub,
 * and not against its neighbours. A thread beats every few milliseconds; where a beat comes far too late, everybody stood
 * still. What the hub itself holds up is no stall: the beats go on meanwhile, and collections of garbage do not count.
 */
public final class Stalls {
    private static final long BEAT = 20_000_000;
    private static final long FAR_TOO_LATE = 150_000_000;
    private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();
    private static final List<Stall> SEEN = new CopyOnWriteArrayList<>();
    private static volatile long lastBeat = System.nanoTime();

    static {
        Thread.ofPlatform().daemon().name("stalls").start(Stalls::beat);
    }

    /** @param collecting how much of it the hub collected garbage */
    private record Stall(long from, long to, long collecting) {
        long within(long begin, long end) {
            return Math.max(0, Math.min(end, to) - Math.max(begin, from) - collecting);
        }
    }

    private Stalls() {}

    private static void beat() {
        for (var before = collecting(); ; ) {
            LockSupport.parkNanos(BEAT);
            var now = System.nanoTime();
            var after = collecting();
            if (now - lastBeat - (after - before) > FAR_TOO_LATE) SEEN.add(new Stall(lastBeat, now, after - before));
            lastBeat = now;
            before = after;
        }
    }

    /** How long garbage was collected until now. */
    private static long collecting() {
        var millis = 0L;
        for (var collector : COLLECTORS) millis += collector.getCollectionTime();
        return millis * 1_000_000;
    }

    /** The time as {@link System#nanoTime} tells it; from now on stalls are seen. */
    public static long now() {
        return System.nanoTime();
    }

    /** How much time has passed while the machine did not stand still. */
    public static Duration since(long began) {
        return between(began, System.nanoTime());
    }

    /** How much time passed between the two while the machine did not stand still. */
    public static Duration between(long began, long ended) {
        while (lastBeat - ended < 0) LockSupport.parkNanos(BEAT);
        var stood = SEEN.stream().mapToLong(stall -> stall.within(began, ended)).sum();
        return Duration.ofNanos(ended - began - stood);
    }
}
