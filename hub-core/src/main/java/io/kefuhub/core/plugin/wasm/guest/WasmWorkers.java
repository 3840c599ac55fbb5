package io.kefuhub.core.plugin.wasm.guest;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Platform threads for guests that are not asked where their caller is, with stacks as large as they need. Safe for threads. */
final class WasmWorkers implements AutoCloseable {
    private static final long IDLE_SECONDS = 20;
    private static final int WAITING = 256;

    private final ThreadPoolExecutor threads;

    /** @param first what each thread does before its first call */
    WasmWorkers(String name, int size, long stack, Runnable first) {
        var factory =
                Thread.ofPlatform().daemon().name(name, 0).stackSize(stack).factory();
        threads = new ThreadPoolExecutor(
                size,
                size,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                work -> factory.newThread(() -> {
                    first.run();
                    work.run();
                }));
        threads.allowCoreThreadTimeOut(true);
    }

    <T> T run(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads).join();
        } catch (RejectedExecutionException e) {
            throw new WasmFault(WasmFault.Kind.REFUSED, "too many wait for it");
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
