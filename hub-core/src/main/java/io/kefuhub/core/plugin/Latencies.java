package io.kefuhub.core.plugin;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long calls took, counted by size: four steps to each doubling, from a microsecond to half an hour. A percentile is
 * right to within a fifth. Safe for threads; an addition is one atomic step.
 */
public final class Latencies {
    private static final int STEPS = 4;
    private static final int DOUBLINGS = 31;
    private static final double MICRO = 1_000;

    private final AtomicLongArray counts = new AtomicLongArray(STEPS * DOUBLINGS);

    public void add(long nanos) {
        counts.incrementAndGet(bucket(nanos));
    }

    private static int bucket(long nanos) {
        var doublings = Math.log(Math.max(1, nanos / MICRO)) / Math.log(2);
        return (int) Math.min(doublings * STEPS, STEPS * DOUBLINGS - 1.0);
    }

    private static double lower(double bucket) {
        return MICRO * Math.pow(2, bucket / STEPS);
    }

    /** Returns what that share of the calls took at most; nothing when there were none. */
    public Duration percentile(double share) {
        var seen = new long[counts.length()];
        var all = 0L;
        for (var i = 0; i < seen.length; i++) {
            seen[i] = counts.get(i);
            all += seen[i];
        }
        var wanted = share * all;
        var below = 0L;
        for (var i = 0; i < seen.length; i++) {
            if (seen[i] > 0 && below + seen[i] >= wanted) {
                return Duration.ofNanos((long) lower(i + (wanted - below) / seen[i]));
            }
            below += seen[i];
        }
        return Duration.ZERO;
    }
}
