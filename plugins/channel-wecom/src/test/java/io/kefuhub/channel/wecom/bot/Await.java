package io.kefuhub.channel.wecom.bot;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread brings about. */
final class Await {
    private static final long LIMIT = 30_000_000_000L;
    private static final long LOOK = 2_000_000L;

    private Await() {}

    static void until(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + LIMIT;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("waited in vain: " + what);
            LockSupport.parkNanos(LOOK);
        }
    }
}
