package io.kefuhub.simulators.feishu;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The events of one line that are out and not yet acknowledged. Safe for threads. */
final class Acknowledgements {
    private final Map<String, CompletableFuture<Frame>> waiting = new ConcurrentHashMap<>();

    CompletableFuture<Frame> expect(String message) {
        return waiting.computeIfAbsent(message, _ -> new CompletableFuture<>());
    }

    /** Whether somebody waited for it. */
    boolean arrived(Frame frame) {
        var answer = waiting.remove(frame.header("message_id"));
        return answer != null && answer.complete(frame);
    }

    Optional<Frame> await(String message, CompletableFuture<Frame> answer, Duration limit) {
        try {
            return Optional.of(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiting.remove(message);
        }
    }

    /** The line is gone; nobody need wait any longer. */
    void end() {
        waiting.values()
                .forEach(answer -> answer.completeExceptionally(new IllegalStateException("the line is closed")));
    }
}
