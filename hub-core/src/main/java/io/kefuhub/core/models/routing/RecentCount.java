package io.kefuhub.core.models.routing;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Counts what happened in the last while, to the tenth of it. Safe for threads. */
final class RecentCount {
    private static final int PARTS = 10;

    private final LongSupplier nanoTime;
    private final long part;
    private final long[] counts = new long[PARTS];
    private long newest;

    RecentCount(Duration span, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.part = Math.max(1, span.toNanos() / PARTS);
        this.newest = nanoTime.getAsLong() / part;
    }

    synchronized void add(long count) {
        move();
        counts[(int) Math.floorMod(newest, (long) PARTS)] += count;
    }

    synchronized long sum() {
        move();
        var sum = 0L;
        for (var count : counts) sum += count;
        return sum;
    }

    private void move() {
        var now = nanoTime.getAsLong() / part;
        for (var passed = 0; newest < now && passed < PARTS; passed++) {
            newest++;
            counts[(int) Math.floorMod(newest, (long) PARTS)] = 0;
        }
        newest = now;
    }
}
