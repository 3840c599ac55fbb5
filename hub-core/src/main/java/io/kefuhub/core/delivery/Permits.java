package io.kefuhub.core.delivery;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * How many replies may be on their way to one channel at once; the others wait, and go in the order in which they came. So
 * a burst is not turned away by the guard, to come again later and later. Safe for threads.
 */
final class Permits {
    /** Fewer calls than the guard lets in, so that there is room for what a channel is asked besides. */
    static final int MOST = 192;

    private final ConcurrentHashMap<String, Semaphore> ofInstances = new ConcurrentHashMap<>();

    /**
     * To be given back.
     *
     * @param waited for others, and what was read before may have changed since
     */
    record Permit(Semaphore from, boolean waited) implements AutoCloseable {
        @Override
        public void close() {
            from.release();
        }
    }

    /** Waits for a permit as long as it takes. */
    Permit take(String instance) throws InterruptedException {
        var permits = ofInstances.computeIfAbsent(instance, _ -> new Semaphore(MOST, true));
        if (permits.tryAcquire()) return new Permit(permits, false);
        permits.acquire();
        return new Permit(permits, true);
    }
}
