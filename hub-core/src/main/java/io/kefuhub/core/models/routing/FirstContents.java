package io.kefuhub.core.models.routing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** How long the first piece of text took in the last five minutes. Safe for threads. */
final class FirstContents {
    private static final long SPAN = Duration.ofMinutes(5).toNanos();
    private static final int MOST = 512;
    private static final double SHARE = 0.95;

    private final LongSupplier nanoTime;
    private final Deque<Taken> taken = new ArrayDeque<>();

    private record Taken(long at, long nanos) {}

    FirstContents(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void add(Duration took) {
        if (taken.size() >= MOST) taken.poll();
        taken.add(new Taken(nanoTime.getAsLong(), took.toNanos()));
    }

    /** What 95 % of them took at most; nothing when there were none. */
    synchronized Duration most() {
        var now = nanoTime.getAsLong();
        taken.removeIf(one -> now - one.at() > SPAN);
        var sorted = taken.stream().mapToLong(Taken::nanos).sorted().toArray();
        if (sorted.length == 0) return Duration.ZERO;
        return Duration.ofNanos(sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * SHARE))]);
    }
}
