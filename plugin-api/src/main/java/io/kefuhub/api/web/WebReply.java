package io.kefuhub.api.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The answer to a {@link WebRequest}. The hub adds {@code X-Content-Type-Options: nosniff} and, where the reply names
 * none, a strict content policy.
 *
 * @param status an HTTP status
 * @param headers by name
 * @param body what is sent
 */
public record WebReply(int status, Map<String, String> headers, Body body) {
    public WebReply {
        headers = Map.copyOf(headers);
    }

    /** What is sent. */
    public sealed interface Body {
        record Bytes(byte[] value) implements Body {}

        /** Copied to the caller and closed. */
        record Stream(InputStream content) implements Body {}

        /** Server-sent events, for as long as the source or the caller likes. */
        record Events(EventSource source) implements Body {}
    }

    /** Feeds one caller with server-sent events. */
    public interface EventSource {
        /**
         * Called once, on a thread of its own; events are sent until it returns or the sink fails. Not called for a
         * caller who had gone before.
         */
        void feed(EventSink sink) throws IOException, InterruptedException;

        /**
         * The stream is over or never began; last call, and made exactly once: so what was taken for a stream is given
         * back here.
         */
        default void ended() {}
    }

    /** One caller of an event stream. Used by one thread. */
    public interface EventSink {
        /** Sends an event; fields that are empty are left out. */
        void event(String id, String name, String data) throws IOException;

        /** Sends a comment line, which keeps proxies from closing the connection. */
        void comment(String text) throws IOException;
    }

    public static WebReply json(int status, byte[] body) {
        return new WebReply(status, Map.of("Content-Type", "application/json; charset=utf-8"), new Body.Bytes(body));
    }

    public static WebReply text(int status, String body) {
        return new WebReply(
                status,
                Map.of("Content-Type", "text/plain; charset=utf-8"),
                new Body.Bytes(body.getBytes(StandardCharsets.UTF_8)));
    }

    public static WebReply empty(int status) {
        return new WebReply(status, Map.of(), new Body.Bytes(new byte[0]));
    }

    public static WebReply notFound() {
        return empty(404);
    }

    /** Server-sent events that are never cached. */
    public static WebReply events(EventSource source) {
        return new WebReply(
                200,
                Map.of("Content-Type", "text/event-stream; charset=utf-8", "Cache-Control", "no-store"),
                new Body.Events(source));
    }

    public WebReply withHeader(String name, String value) {
        var copy = new HashMap<>(headers);
        copy.put(name, value);
        return new WebReply(status, copy, body);
    }
}
