package io.kefuhub.core.plugin;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How tests wait, and how bad plugins do. */
public final class Waits {
    private static final Duration MOST = Duration.ofSeconds(20);

    private Waits() {}

    public static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + MOST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) throw new AssertionError("waited in vain");
            LockSupport.parkNanos(500_000);
        }
    }

    /** Waits as a bad plugin would: an interrupt does not end it. */
    public static void awaitEvenWhenInterrupted(CountDownLatch latch) {
        while (true) {
            try {
                if (latch.await(30, TimeUnit.SECONDS)) return;
            } catch (InterruptedException _) {
                // stays
            }
        }
    }

    /** Waits until it is interrupted, as a plugin does that waits for something that never comes. */
    public static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
