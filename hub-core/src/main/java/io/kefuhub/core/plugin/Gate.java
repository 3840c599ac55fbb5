package io.kefuhub.core.plugin;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the callers inside some foreign code, so that it can be closed when the last has left. Safe for threads.
 *
 * <p>Entering is one atomic addition. The sign bit says closed; the caller that brings the rest to nothing after that
 * opens the latch. Those who stay for long (listeners, event streams) are kept by thread, and interrupted on closing.
 */
final class Gate {
    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger inside = new AtomicInteger();
    private final CountDownLatch empty = new CountDownLatch(1);
    private final Set<Thread> staying = ConcurrentHashMap.newKeySet();

    boolean enter() {
        if (inside.getAndIncrement() >= 0) return true;
        leave();
        return false;
    }

    /** Enters for the call that ends it all, after everybody was to leave. */
    void enterLast() {
        inside.incrementAndGet();
    }

    void leave() {
        if (inside.decrementAndGet() == CLOSED) empty.countDown();
    }

    boolean enterToStay() {
        if (!enter()) return false;
        staying.add(Thread.currentThread());
        if (isClosed()) Thread.currentThread().interrupt();
        return true;
    }

    void leaveFromStay() {
        staying.remove(Thread.currentThread());
        leave();
    }

    boolean isClosed() {
        return inside.get() < 0;
    }

    int callers() {
        return inside.get() & Integer.MAX_VALUE;
    }

    /** Lets nobody in any more and waits until all have left; says whether they have. */
    boolean close(Duration patience) throws InterruptedException {
        if (inside.getAndUpdate(count -> count | CLOSED) == 0) empty.countDown();
        staying.forEach(Thread::interrupt);
        return empty.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
