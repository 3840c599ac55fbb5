package io.kefuhub.channel.web.frame;

import java.util.concurrent.locks.LockSupport;

/**
 * Keeps work that nobody waits for from taking a processor for itself while customers are served: after each piece it rests
 * twice as long as it worked. One thread only.
 */
final class Pace {
    private static final long PIECE_NANOS = 1_000_000;
    private static final long LONGEST_REST_NANOS = 20_000_000;

    private long began = System.nanoTime();

    /** Between two steps of the work. */
    void step() {
        var worked = System.nanoTime() - began;
        if (worked < PIECE_NANOS) return;
        LockSupport.parkNanos(Math.min(2 * worked, LONGEST_REST_NANOS));
        began = System.nanoTime();
    }
}
