package io.kefuhub.channel.wecom.api;

import io.kefuhub.api.Tasks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Work that may take longer than the question it is done for: it goes on meanwhile, and whoever asks for it again gets
 * what came of it. Safe for threads.
 */
final class Lasting<T> {
    private static final int AT_ONCE = 4;

    private final Tasks tasks;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final ConcurrentHashMap<String, CompletableFuture<T>> running = new ConcurrentHashMap<>();

    Lasting(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Begins the work unless it is under way, and waits a while; empty when it needs longer. */
    Optional<T> await(String name, Supplier<T> work, Duration patience) {
        var one = running.computeIfAbsent(name, _ -> begin(work));
        try {
            var result = one.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            running.remove(name, one);
            return Optional.of(result);
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            running.remove(name, one);
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            throw new IllegalStateException(e.getCause());
        }
    }

    private CompletableFuture<T> begin(Supplier<T> work) {
        var result = new CompletableFuture<T>();
        tasks.run("media", () -> {
            try {
                room.acquire();
                try {
                    result.complete(work.get());
                } finally {
                    room.release();
                }
            } catch (InterruptedException e) {
                result.completeExceptionally(new IllegalStateException("the instance ends", e));
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
