package io.kefuhub.api.kit;

import java.util.ArrayList;
import java.util.List;
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
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<T>>();
            for (var i = 0; i < THREADS; i++) asked.add(executor.submit(question));
            var answers = new ArrayList<T>();
            for (var one : asked) answers.add(one.get(SECONDS, TimeUnit.SECONDS));
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError("threw when asked from many threads at once", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("no answer when asked from many threads at once", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
