package io.kefuhub.api;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The hub's HTTP client as one instance may use it: only hosts an admin allowed, through the admin's proxy, with time
 * limits, and without ever logging an address. Safe for threads; calls block and belong on a thread that may wait.
 */
public interface Http {
    /** Makes ready a call; nothing is sent yet. A call is sent once. */
    Call call(Request request);

    /**
     * Opens a web socket; returns when it is open or cannot be opened.
     *
     * <p>Where it cannot, the listener has been told so ({@code onClosed}: 1008 for a host that is not allowed, 1006
     * for everything else), and the socket returned takes nothing.
     *
     * @param address begins with {@code ws} or {@code wss}
     * @param listener called from threads of the hub; may wait
     */
    Socket connect(URI address, Map<String, String> headers, SocketListener listener);

    /** A call that may be cancelled from any thread. */
    interface Call {
        /** Sends, and returns the whole answer, of at most 16 MiB. */
        Outcome send();

        /**
         * Sends, and hands over the answer's lines as they arrive, whatever its status; returns when the last has come.
         *
         * @param line called by the calling thread; a line has at most 1 MiB and no line break
         */
        Outcome lines(Consumer<String> line);

        /**
         * Sends, and writes the answer's body to a file.
         *
         * @param file made or replaced when the whole body has come, else left as it was
         * @param limit in bytes; a longer body is {@link Outcome.Failed}
         */
        Outcome toFile(Path file, long limit);

        /** Closes the connection within 100 ms; {@code send} then returns {@link Outcome.Cancelled}. */
        void cancel();
    }

    /**
     * @param method such as {@code POST}
     * @param headers by name; they do not follow a redirect to another host
     * @param limit for the whole call, its answer and redirects included; at most what the admin allows
     */
    record Request(String method, URI address, Map<String, String> headers, Body body, Duration limit) {
        public Request {
            headers = Map.copyOf(headers);
        }

        public static Request get(URI address, Duration limit) {
            return new Request("GET", address, Map.of(), new Body.None(), limit);
        }

        public static Request postJson(URI address, Map<String, String> headers, String json, Duration limit) {
            return new Request("POST", address, headers, new Body.Text("application/json", json), limit);
        }
    }

    /** What a call carries. */
    sealed interface Body {
        record None() implements Body {}

        record Text(String mime, String value) implements Body {}

        record Multipart(List<Field> fields) implements Body {
            public Multipart {
                fields = List.copyOf(fields);
            }
        }
    }

    /**
     * One field of a form.
     *
     * @param fileName present for a file
     * @param content opened once, closed by the client
     */
    record Field(String name, Optional<String> fileName, String mime, InputStream content, long size) {}

    /** What became of a call. */
    sealed interface Outcome {
        /** An answer came, whatever its status; the body is empty where it went to lines or a file. */
        record Answered(int status, Map<String, List<String>> headers, String body) implements Outcome {
            public Answered {
                headers = Map.copyOf(headers);
            }

            public boolean isOk() {
                return status >= 200 && status < 300;
            }
        }

        /** The host is not on the admin's list; nothing was sent. */
        record NotAllowed(String host) implements Outcome {}

        /** No whole answer came; {@code dispatched} says whether the request may have reached the other side. */
        record Failed(boolean dispatched, String reason) implements Outcome {}

        record TimedOut(boolean dispatched) implements Outcome {}

        record Cancelled(boolean dispatched) implements Outcome {}
    }

    /** A web socket the hub opened. */
    interface Socket extends AutoCloseable {
        /** Queues a text; false when the socket is closed or 16 MiB are waiting. */
        boolean send(String text);

        /** Queues a binary frame, under the same limit; the bytes may be changed afterwards. */
        boolean send(byte[] bytes);

        @Override
        void close();
    }

    /** Called by one thread at a time for one socket. */
    interface SocketListener {
        void onText(String text);

        void onBinary(byte[] bytes);

        /** The socket is gone; called once. */
        void onClosed(int code, String reason);
    }
}
