package io.kefuhub.core.plugin.wasm;

import io.kefuhub.core.plugin.wasm.guest.WasmEngine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Brings modules up to speed, one after the other, on a thread of its own. Safe for threads. */
final class Warming implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    /** What a new version waits before it serves; the rest is done while it serves. */
    private static final Duration PATIENCE = Duration.ofMillis(700);

    private final ExecutorService thread;

    Warming() {
        var one = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform()
                        .daemon()
                        .name("wasm-warming")
                        .stackSize(WasmEngine.STACK)
                        .factory());
        one.allowCoreThreadTimeOut(true);
        thread = one;
    }

    /** Returns when the module is fast, or soon after. */
    void now(LiveModule module) {
        try {
            CompletableFuture.runAsync(() -> module.warm(LONGEST), thread)
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(e -> null)
                    .get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            // Warming is as good as it gets.
        }
    }

    void later(LiveModule module) {
        thread.execute(() -> module.warm(LONGEST));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
