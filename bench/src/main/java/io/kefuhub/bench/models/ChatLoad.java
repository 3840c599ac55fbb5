package io.kefuhub.bench.models;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/** Connections that ask again as soon as they are answered. */
public final class ChatLoad {
    private final ChatTarget target;
    private final byte[] request;
    private final int connections;
    private final ConcurrentLinkedQueue<ChatConnection.Timed> timed = new ConcurrentLinkedQueue<>();
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private volatile boolean counting;
    private volatile boolean asking = true;

    ChatLoad(ChatTarget target, boolean stream, int connections) {
        this.target = target;
        this.request = target.request(stream);
        this.connections = connections;
    }

    /** What came out. */
    public record Result(double seconds, long[] first, long[] whole) {
        double perSecond() {
            return whole.length / seconds;
        }

        double firstMillis(double share) {
            return millis(first, share);
        }

        double wholeMillis(double share) {
            return millis(whole, share);
        }

        private static double millis(long[] sorted, double share) {
            return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
        }
    }

    /** Asks for a time, counts after the warm-up; {@code counted} runs when the counting begins. */
    Result run(double warmUp, double seconds, Runnable counted) throws IOException {
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < connections; i++) threads.add(Thread.ofVirtual().start(this::ask));
        pass(warmUp);
        counted.run();
        var start = System.nanoTime();
        counting = true;
        pass(seconds);
        counting = false;
        var took = (System.nanoTime() - start) / 1e9;
        asking = false;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throwFailure();
        return new Result(took, sorted(ChatConnection.Timed::first), sorted(ChatConnection.Timed::whole));
    }

    private long[] sorted(ToLongFunction<ChatConnection.Timed> what) {
        var all = timed.stream().mapToLong(what).toArray();
        Arrays.sort(all);
        return all;
    }

    private void ask() {
        try (var connection = new ChatConnection(target.address())) {
            while (asking) {
                var answered = connection.ask(request);
                if (counting) timed.add(answered);
            }
        } catch (IOException e) {
            failure.compareAndSet(null, new IOException(target.name() + ": " + e.getMessage(), e));
        }
    }

    private void pass(double seconds) throws IOException {
        var end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
            throwFailure();
        }
    }

    private void throwFailure() throws IOException {
        var failed = failure.get();
        if (failed == null) return;
        asking = false;
        throw failed;
    }

    /** Waits until a question is answered as it should be. */
    static void awaitAnswer(ChatTarget target, List<Boolean> ways) throws IOException {
        var end = System.nanoTime() + 60_000_000_000L;
        while (true) {
            try (var connection = new ChatConnection(target.address())) {
                for (var stream : ways) connection.ask(target.request(stream));
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end) throw new IOException(target.name() + " does not answer", e);
                LockSupport.parkNanos(100_000_000);
            }
        }
    }
}
