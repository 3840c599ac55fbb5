package io.kefuhub.api.kit;

import io.kefuhub.api.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * An HTTP client that answers what a test laid ready, in that order, and keeps what was asked. Safe for threads. For the
 * bytes on the wire, test against a real server instead.
 */
public final class FakeHttp implements Http {
    private final Deque<Outcome> ready = new ArrayDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public FakeHttp answer(int status, String body) {
        return answer(new Outcome.Answered(status, Map.of(), body));
    }

    public FakeHttp answer(Outcome outcome) {
        synchronized (ready) {
            ready.add(outcome);
        }
        return this;
    }

    /** Everything asked so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public Call call(Request request) {
        return new FakeCall(request);
    }

    @Override
    public Socket connect(URI address, Map<String, String> headers, SocketListener listener) {
        throw new UnsupportedOperationException("test sockets against a real server");
    }

    private Outcome next(Request request) {
        requests.add(request);
        synchronized (ready) {
            var outcome = ready.poll();
            if (outcome == null) throw new AssertionError("no answer was laid ready for " + request.method());
            return outcome;
        }
    }

    private final class FakeCall implements Call {
        private final Request request;
        private volatile boolean cancelled;

        FakeCall(Request request) {
            this.request = request;
        }

        @Override
        public Outcome send() {
            return cancelled ? new Outcome.Cancelled(false) : next(request);
        }

        @Override
        public Outcome lines(Consumer<String> line) {
            return switch (send()) {
                case Outcome.Answered(var status, var headers, var body) -> {
                    body.lines().forEach(line);
                    yield new Outcome.Answered(status, headers, "");
                }
                case Outcome other -> other;
            };
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
            cancelled = true;
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
