package io.kefuhub.bench.proof;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, never for a time. */
final class Await {
    private static final long PAUSE = 1_000_000;

    private Await() {}

    /** Says whether it came true within the limit. */
    static boolean until(Duration limit, BooleanSupplier condition) {
        var end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) return false;
            LockSupport.parkNanos(PAUSE);
        }
        return true;
    }
}
