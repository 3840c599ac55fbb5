package io.kefuhub.api.kit;

import io.kefuhub.api.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An HTTP client that answers what a test laid ready, in that order, then as its server does, and keeps what was asked.
 * Safe for threads. For the bytes on the wire, test against a real server instead.
 */
public final class FakeHttp implements Http {
    private final Deque<Outcome> ready = new ArrayDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Semaphore held = new Semaphore(0);
    private final BlockingQueue<FakeHttpSocket> sockets = new LinkedBlockingQueue<>();
    private volatile Server server = request -> {
        throw new AssertionError("no answer was laid ready for " + request.method());
    };

    /** Answers what nothing was laid ready for. */
    public interface Server {
        /** Takes every question and says nothing until the call is cancelled or its thread interrupted. */
        Server HOLDS = _ -> Played.HELD;

        Played answer(Request request);
    }

    /**
     * How a server answers.
     *
     * @param body what comes of it, even where the call then ends with no whole answer
     * @param end how the call ends; its own body is of no matter
     */
    public record Played(String body, Outcome end) {
        private static final Played HELD = new Played("", new Outcome.Cancelled(true));

        /** A whole answer. */
        public static Played whole(int status, Map<String, List<String>> headers, String body) {
            return new Played(body, new Outcome.Answered(status, headers, ""));
        }

        /** An answer of which this came before the connection broke. */
        public static Played cut(String body) {
            return new Played(body, new Outcome.Failed(true, "connection reset"));
        }

        private Outcome complete() {
            return end instanceof Outcome.Answered(var status, var headers, var _)
                    ? new Outcome.Answered(status, headers, body)
                    : end;
        }
    }

    public FakeHttp answer(int status, String body) {
        return answer(new Outcome.Answered(status, Map.of(), body));
    }

    public FakeHttp answer(Outcome outcome) {
        synchronized (ready) {
            ready.add(outcome);
        }
        return this;
    }

    /** Has a server answer from now on where nothing was laid ready. */
    public FakeHttp answerAs(Server changed) {
        server = changed;
        return this;
    }

    /** Waits until one more call is held by {@link Server#HOLDS}; false when none is within the time. */
    public boolean awaitHeld(Duration limit) throws InterruptedException {
        return held.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Everything asked so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public Call call(Request request) {
        return new FakeCall(request);
    }

    /** Opens a socket to nobody: a test plays the other side. */
    @Override
    public Socket connect(URI address, Map<String, String> headers, SocketListener listener) {
        var socket = new FakeHttpSocket(address, headers, listener);
        sockets.add(socket);
        return socket;
    }

    /** The next socket that was opened; waits for it at most 10 s. */
    public FakeHttpSocket awaitSocket() throws InterruptedException {
        var socket = sockets.poll(10, TimeUnit.SECONDS);
        if (socket == null) throw new AssertionError("no web socket was opened within 10 s");
        return socket;
    }

    private Played next(Request request) {
        requests.add(request);
        synchronized (ready) {
            var outcome = ready.poll();
            if (outcome != null) {
                return new Played(outcome instanceof Outcome.Answered answered ? answered.body() : "", outcome);
            }
        }
        return server.answer(request);
    }

    private final class FakeCall implements Call {
        private final Request request;
        private final CountDownLatch cancelled = new CountDownLatch(1);

        FakeCall(Request request) {
            this.request = request;
        }

        private Played ask() {
            if (cancelled.getCount() == 0) return new Played("", new Outcome.Cancelled(false));
            var played = next(request);
            if (played != Played.HELD) return played;
            held.release();
            try {
                cancelled.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return played;
        }

        @Override
        public Outcome send() {
            return ask().complete();
        }

        @Override
        public Outcome lines(Consumer<String> line) {
            var played = ask();
            played.body().lines().forEach(line);
            return played.end() instanceof Outcome.Answered(var status, var headers, var _)
                    ? new Outcome.Answered(status, headers, "")
                    : played.end();
        }

        @Override
        public Outcome toFile(Path file, long limit) {
            return switch (send()) {
                case Outcome.Answered(var status, var headers, var body) -> {
                    var bytes = body.getBytes(StandardCharsets.UTF_8);
                    if (bytes.length > limit) yield new Outcome.Failed(true, "larger than " + limit + " bytes");
                    write(file, bytes);
                    yield new Outcome.Answered(status, headers, "");
                }
                case Outcome other -> other;
            };
        }

        @Override
        public void cancel() {
            cancelled.countDown();
        }

        private static void write(Path file, byte[] bytes) {
            try {
                Files.write(file, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
