package io.kefuhub.api.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the same question from many threads at once. */
final class AtOnce {
    private static final int THREADS = 32;
    private static final long SECONDS = 20;

    private AtOnce() {}

    static <T> List<T> ask(Callable<T> question) {
        return ask(THREADS, question);
    }

    static <T> List<T> ask(int threads, Callable<T> question) {
        // Not closed, which would wait for those that never come back.
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var asked = new ArrayList<Future<T>>();
            for (var i = 0; i < threads; i++) asked.add(executor.submit(question));
            var answers = new ArrayList<T>();
            for (var one : asked) answers.add(one.get(SECONDS, TimeUnit.SECONDS));
            return answers;
        } catch (ExecutionException e) {
            throw Broken.by(Objects.requireNonNullElse(e.getCause(), e), threads + " ×");
        } catch (TimeoutException _) {
            throw new Broken("no answer within %s s", "%s 秒内没有回答", SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            executor.shutdownNow();
        }
    }
}
