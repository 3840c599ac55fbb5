package io.kefuhub.core.plugin;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The platform threads that foreign code computes on, so that code that spins holds none of those that virtual threads
 * share. A thread that was given up, or on which a call is slow, is made up for by another until it comes back. Safe for
 * threads.
 */
final class ComputePool implements AutoCloseable {
    private static final ScopedValue<Walk<?>.Attempt> CURRENT = ScopedValue.newInstance();
    /** However many are slow or lost. */
    private static final int MOST = 256;

    private static final Duration IDLE = Duration.ofSeconds(20);

    /** Enough for WASM modules, which reach a few hundred calls only on a usual stack; costs what is used of it. */
    private static final long STACK = 8L << 20;

    private final Calls calls;
    private final ThreadPoolExecutor threads;
    private int size;

    ComputePool(Calls calls, int size) {
        this.calls = calls;
        this.size = size;
        threads = new ThreadPoolExecutor(
                size,
                size,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform()
                        .daemon()
                        .name("compute-", 0)
                        .stackSize(STACK)
                        .inheritInheritableThreadLocals(false)
                        .factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** The walk that the calling thread is on. */
    static Optional<Walk<?>.Attempt> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    <T> T walk(Supplier<T> body) {
        return CURRENT.isBound() ? body.get() : new Walk<>(this, calls, body).run();
    }

    void run(Walk<?>.Attempt attempt) {
        threads.execute(() -> ScopedValue.where(CURRENT, attempt).run(attempt::work));
    }

    synchronized void lost() {
        size++;
        resize(Math.min(size, MOST));
    }

    synchronized void found() {
        size--;
        resize(Math.min(size, MOST));
    }

    private void resize(int wanted) {
        if (wanted > threads.getMaximumPoolSize()) {
            threads.setMaximumPoolSize(wanted);
            threads.setCorePoolSize(wanted);
        } else {
            threads.setCorePoolSize(wanted);
            threads.setMaximumPoolSize(wanted);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
