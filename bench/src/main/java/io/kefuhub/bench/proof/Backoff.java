package io.kefuhub.bench.proof;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** A growing random pause before something that failed is tried again, like a browser's but shorter. One thread only. */
final class Backoff {
    private static final long FIRST = 50_000_000;
    private static final int MOST_DOUBLED = 4;

    private final Random random;
    private int failures;

    Backoff(Random random) {
        this.random = random;
    }

    void pause() {
        LockSupport.parkNanos(random.nextLong(FIRST << Math.min(failures, MOST_DOUBLED)) + 1);
        failures++;
    }

    void succeeded() {
        failures = 0;
    }
}
