package io.kefuhub.core.answering.passages;

import io.kefuhub.api.ai.Cancel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls something off when its time is over, unless it is closed before. Safe for threads. */
final class Deadline implements Cancel, AutoCloseable {
    private final long end;
    private volatile boolean closed;

    Deadline(Duration within) {
        end = System.nanoTime() + within.toNanos();
    }

    @Override
    public boolean isRequested() {
        return !closed && System.nanoTime() - end >= 0;
    }

    @Override
    public void onRequest(Runnable action) {
        long left = Math.max(0, end - System.nanoTime());
        CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS).execute(() -> {
            if (!closed) action.run();
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}
