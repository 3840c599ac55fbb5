package io.kefuhub.core.models.routing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tokens that may be used in a minute: taken before a call for all that it may use, given back for what it did not. Safe
 * for threads. A bucket of size 0 has no end.
 */
final class TokenBucket {
    private static final double MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private long size;
    private double left;
    private long filledAt;

    TokenBucket(long size, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.size = size;
        this.left = size;
        this.filledAt = nanoTime.getAsLong();
    }

    /**
     * Takes tokens; a request for more than the bucket holds takes a full one.
     *
     * @return what was taken, or -1 when there are not enough now
     */
    synchronized long take(long tokens) {
        if (size == 0) return 0;
        fill();
        var wanted = Math.min(tokens, size);
        if (left < wanted) return -1;
        left -= wanted;
        return wanted;
    }

    /** Until so many can be taken, if nobody else takes any. */
    synchronized Duration until(long tokens) {
        if (size == 0) return Duration.ZERO;
        fill();
        var missing = Math.max(0, Math.min(tokens, size) - left);
        return Duration.ofNanos((long) Math.ceil(missing / size * MINUTE));
    }

    /** Gives back what was taken but for what was used; more used than taken is owed. */
    synchronized void settle(long taken, long used) {
        if (size == 0 || taken < 0) return;
        fill();
        left = Math.min(size, left + taken - Math.min(used, size));
    }

    synchronized boolean holds(long tokens) {
        if (size == 0) return true;
        fill();
        return left >= Math.min(tokens, size);
    }

    synchronized void resize(long changed) {
        fill();
        left = size == 0 ? changed : Math.min(left + Math.max(0, changed - size), changed);
        size = changed;
    }

    private void fill() {
        var now = nanoTime.getAsLong();
        left = Math.min(size, left + size * ((now - filledAt) / MINUTE));
        filledAt = now;
    }
}
