package io.kefuhub.channel.web;

import io.kefuhub.api.Settings;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.channel.web.frame.BadFrame;
import io.kefuhub.channel.web.frame.Json;
import io.kefuhub.channel.web.frame.JsonObject;
import io.kefuhub.channel.web.frame.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A web chat with everything around it in memory, and what browsers do to it. */
final class World implements AutoCloseable {
    static final String SECRET = "widget-identity-secret-2026";
    private static final String ORIGIN = "https://hub.example";

    final FakeChannelContext context = new FakeChannelContext("wk_demo");
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "identity-secret",
            SECRET,
            "messages-per-10s",
            "1000",
            "messages-per-10min",
            "100000",
            "frames-per-second",
            "100000",
            "sessions-per-hour",
            "1000"));
    private WebChannel channel;

    World(Map<String, String> changes) {
        settings.putAll(changes);
        channel = open();
    }

    World() {
        this(Map.of());
    }

    private WebChannel open() {
        return (WebChannel) new WebChannelFactory().create(Settings.of(settings), context);
    }

    /** Another generation takes over, or the hub was started again: what is in memory is gone. */
    void restart() {
        channel.close();
        channel = open();
    }

    /** Another generation takes over, and with it these open sockets. */
    void swap(Map<String, String> changes, Line... lines) {
        var before = channel;
        settings.putAll(changes);
        channel = open();
        for (var line : lines) line.movesTo(channel);
        before.close();
    }

    /** The process ends without a word. */
    void kill() {
        channel = open();
    }

    WebChannel channel() {
        return channel;
    }

    WebReply call(Requests request) {
        return channel.serve(request.call());
    }

    static Requests get(String rest) {
        return Requests.get("/widget/1/wk_demo" + rest).withRest(rest);
    }

    static Requests post(String rest, String body) {
        return Requests.post("/widget/1/wk_demo" + rest, body)
                .withRest(rest)
                .withHeader("Origin", ORIGIN)
                .withHeader("Content-Type", "application/json");
    }

    JsonObject session(String body) {
        var reply = call(post("/session", body));
        if (reply.status() != 200) throw new AssertionError(reply.status() + " " + text(reply));
        return json(reply);
    }

    /** Asks for a socket with a ticket. */
    Upgrade upgrade(Wire wire, String ticket) {
        return channel.live(socket(wire, ticket).call());
    }

    static Requests socket(Wire wire, String ticket) {
        return get("/ws")
                .withQuery("ticket", ticket)
                .withHeader("Origin", ORIGIN)
                .withHeader("Sec-WebSocket-Protocol", wire.codec().subprotocol());
    }

    static JsonObject json(WebReply reply) {
        try {
            return Json.read(text(reply));
        } catch (BadFrame e) {
            throw new AssertionError(text(reply), e);
        }
    }

    static String text(WebReply reply) {
        return new String(bytes(reply), StandardCharsets.UTF_8);
    }

    static byte[] bytes(WebReply reply) {
        try {
            return switch (reply.body()) {
                case WebReply.Body.Bytes(var value) -> value;
                case WebReply.Body.Stream(var content) -> content.readAllBytes();
                case WebReply.Body.Events _ -> throw new AssertionError("a stream of events");
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        channel.close();
        context.close();
    }
}
