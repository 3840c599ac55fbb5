package io.kefuhub.channel.web;

import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.channel.web.frame.BadFrame;
import io.kefuhub.channel.web.frame.Json;
import io.kefuhub.channel.web.frame.JsonCodec;
import io.kefuhub.channel.web.frame.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The instance's calls over HTTP: finds the right one and says no in the same way everywhere. Safe for threads. */
final class HttpCalls {
    private static final int LONGEST_BODY = 64 * 1024;
    private static final String BEARER = "Bearer ";
    private static final String FILES = "/files/";

    private final Chat chat;
    private final Conduct conduct;
    private final Assets assets;
    private final Visits visits;
    private final FileCalls files;
    private final History history;
    private final Map<String, Route> routes;

    private record Route(String method, Handler handler) {}

    private interface Handler {
        WebReply handle(WebRequest request) throws BadFrame;
    }

    private interface SessionHandler {
        WebReply handle(WebRequest request, Session session) throws BadFrame;
    }

    private interface BodyHandler {
        WebReply handle(JsonObject body, Session session) throws BadFrame;
    }

    HttpCalls(Chat chat, Conduct conduct, Assets assets) {
        this.chat = chat;
        this.conduct = conduct;
        this.assets = assets;
        visits = new Visits(chat, conduct);
        files = new FileCalls(chat);
        history = new History(chat);
        routes = Map.ofEntries(
                Map.entry("/frame", new Route("GET", this::frame)),
                Map.entry("/session", new Route("POST", request -> visits.open(request, body(request)))),
                Map.entry("/events", new Route("GET", session(history::page))),
                Map.entry("/stream", new Route("GET", session(history::stream))),
                Map.entry("/messages", new Route("POST", body(this::post))),
                Map.entry("/read", new Route("POST", body(this::read))),
                Map.entry("/typing", new Route("POST", body(this::typing))),
                Map.entry("/uploads", new Route("POST", session(files::upload))),
                Map.entry("/feedback", new Route("POST", body(history::feedback))),
                Map.entry("/logout", new Route("POST", session(this::logout))));
    }

    WebReply serve(WebRequest request) {
        try {
            if (!Origins.isOwn(request)) {
                return Problems.of(403, "foreign_origin", "These calls are for the hub's own pages.");
            }
            if (request.rest().startsWith(FILES) && request.method().equals("GET")) {
                return files.download(request, request.rest().substring(FILES.length()));
            }
            var route = routes.get(request.rest());
            if (route == null) return Problems.notFound();
            if (!route.method().equals(request.method())) {
                return Problems.of(405, "method", "This takes " + route.method() + " only.")
                        .withHeader("Allow", route.method());
            }
            return route.handler().handle(request);
        } catch (TooLong e) {
            return Problems.of(413, "too_large", "A body has " + LONGEST_BODY + " bytes at most.");
        } catch (BadFrame e) {
            return Problems.of(400, "malformed", e.reason());
        } catch (UnavailableException e) {
            return Problems.later(503, "unavailable", Posts.UNAVAILABLE, Posts.AFTER_TROUBLE);
        }
    }

    private WebReply frame(WebRequest request) {
        var ancestors = new StringBuilder("'self'");
        for (var origin : chat.settings().allowedOrigins())
            ancestors.append(' ').append(origin);
        var socket = (request.secure() ? "wss://" : "ws://") + request.host();
        return assets.frame(
                request,
                "default-src 'self'; img-src 'self' blob: data:; connect-src 'self' " + socket
                        + "; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors "
                        + ancestors,
                chat.settings().look().words());
    }

    private WebReply post(JsonObject body, Session session) throws BadFrame {
        var cid = body.text("cid");
        return switch (conduct.posts().post(session, cid, JsonCodec.parts(body), JsonCodec.replyTo(body))) {
            case Posts.Posted.Stored(var messageId, var conversation, var seq, var at) ->
                json(Json.write(json -> {
                    json.writeStartObject();
                    json.writeStringField("messageId", messageId);
                    json.writeNumberField("seq", seq);
                    json.writeStringField("at", at.toString());
                    json.writeStringField("conversation", conversation);
                    json.writeEndObject();
                }));
            case Posts.Posted.Refused(var code, var text, var pause) ->
                pause.map(wait -> Problems.later(code.equals("rate_limited") ? 429 : 503, code, text, wait))
                        .orElseGet(() -> Problems.of(code.equals(Posts.UNKNOWN_MESSAGE) ? 404 : 422, code, text));
        };
    }

    private WebReply read(JsonObject body, Session session) throws BadFrame {
        var upTo = body.number("upTo");
        var lastSeq = history.own(session).map(Timeline.Thread::lastSeq).orElse(0L);
        conduct.read(session, Math.min(upTo, lastSeq));
        return WebReply.empty(204);
    }

    private WebReply typing(JsonObject body, Session session) throws BadFrame {
        var on = body.flag("on");
        if (history.own(session).isPresent()) conduct.typing(session, on);
        return WebReply.empty(204);
    }

    private WebReply logout(WebRequest request, Session session) {
        conduct.logout(session);
        return WebReply.empty(204);
    }

    static WebReply json(String text) {
        return WebReply.json(200, text.getBytes(StandardCharsets.UTF_8)).withHeader("Cache-Control", "no-store");
    }

    private Handler session(SessionHandler handler) {
        return request -> {
            var session = session(request);
            return session.isEmpty()
                    ? Problems.unauthorized("token_invalid", "A valid token is needed: Authorization: Bearer vt_….")
                    : handler.handle(request, session.get());
        };
    }

    private Handler body(BodyHandler handler) {
        return session((request, session) -> handler.handle(body(request), session));
    }

    private Optional<Session> session(WebRequest request) {
        return request.header("authorization")
                .filter(value -> value.startsWith(BEARER))
                .flatMap(value -> chat.sessions().find(value.substring(BEARER.length())));
    }

    private static JsonObject body(WebRequest request) throws BadFrame {
        try (var in = request.body()) {
            var bytes = in.readNBytes(LONGEST_BODY + 1);
            if (bytes.length > LONGEST_BODY) throw new TooLong();
            return Json.read(bytes);
        } catch (IOException e) {
            throw new BadFrame(BadFrame.MALFORMED, "the body ends early");
        }
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("too long", null, false, false);
        }
    }
}
