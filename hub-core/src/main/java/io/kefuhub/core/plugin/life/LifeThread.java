package io.kefuhub.core.plugin.life;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that changes plugins and instances, one change after the other. Safe for threads. */
final class LifeThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LifeThread.class);
    private static final Duration LONGEST_CHANGE = Duration.ofSeconds(60);

    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("plugin-life").daemon().factory());

    /** Makes a change and waits for it. */
    <T> T now(Callable<T> change) {
        Future<T> future = worker.submit(change);
        try {
            return future.get(LONGEST_CHANGE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("another change takes too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Makes a change behind those that wait. */
    void later(Runnable change) {
        var _ = worker.submit(() -> {
            try {
                change.run();
            } catch (RuntimeException e) {
                LOG.error("A change of plugins could not be followed", e);
            }
        });
    }

    @Override
    public void close() {
        worker.shutdown();
        try {
            worker.awaitTermination(LONGEST_CHANGE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
