package io.kefuhub.core.database;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes UUIDs of version 7: unique everywhere, growing here, and no secrets.
 *
 * <p>Safe for threads. Within a millisecond, and while the clock goes back, a 12-bit counter goes on; when it is used
 * up it runs into the next millisecond.
 */
public final class Ids {
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    public Ids(Clock clock) {
        this.clock = clock;
    }

    public UUID next() {
        var now = clock.millis() << 12;
        var mine = last.updateAndGet(before -> Math.max(before + 1, now));
        var high = (mine >>> 12 << 16) | VERSION_7 | (mine & 0xFFF);
        return new UUID(high, VARIANT | (ThreadLocalRandom.current().nextLong() >>> 2));
    }
}
