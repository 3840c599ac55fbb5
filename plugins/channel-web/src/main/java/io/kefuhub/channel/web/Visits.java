package io.kefuhub.channel.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.channel.web.Identification.Outcome;
import io.kefuhub.channel.web.frame.BadFrame;
import io.kefuhub.channel.web.frame.Json;
import io.kefuhub.channel.web.frame.JsonObject;
import io.kefuhub.channel.web.identity.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Opens and resumes sessions over HTTP. Safe for threads. */
final class Visits {
    private static final String VERSION = "1";

    private final Chat chat;
    private final Conduct conduct;

    Visits(Chat chat, Conduct conduct) {
        this.chat = chat;
        this.conduct = conduct;
    }

    WebReply open(WebRequest request, JsonObject body) throws BadFrame {
        var token = body.find("token").filter(text -> !text.isEmpty());
        var known = token.flatMap(chat.sessions()::find);
        if (token.isPresent() && known.isEmpty()) {
            return Problems.unauthorized("token_invalid", "The token is not or no longer valid; begin without one.");
        }
        var opened = known.map(session -> new Sessions.Opened(session, token.orElseThrow()));
        var outcome = outcome(known, body);
        if (outcome.isPresent()) {
            switch (outcome.get()) {
                case Outcome.Refused(var reason) -> {
                    return Problems.unauthorized("identity_refused", reason);
                }
                case Outcome.Replaced(var by) -> opened = Optional.of(by);
                case Outcome.Same() -> {}
            }
        }
        if (opened.isEmpty()) {
            var pause = chat.newSessions().take(Addresses.network(request.address()));
            if (pause.isPresent()) {
                return Problems.later(429, "rate_limited", "Too many new visitors from this address.", pause.get());
            }
            opened = Optional.of(chat.sessions().open());
        }
        return reply(request, opened.get(), body);
    }

    private Optional<Outcome> outcome(Optional<Session> known, JsonObject body) throws BadFrame {
        var identity = body.find("identity").filter(text -> !text.isEmpty());
        if (identity.isPresent()) return Optional.of(conduct.identification().identify(known, identity.get()));
        var user = body.find("user_id");
        if (user.isEmpty()) return Optional.empty();
        var hash = body.find("user_hash").orElse("");
        return Optional.of(conduct.identification().identifyByHash(known, user.get(), hash));
    }

    private WebReply reply(WebRequest request, Sessions.Opened opened, JsonObject body) throws BadFrame {
        var session = opened.session();
        language(body.find("locale").orElse("")).ifPresent(session::language);
        var conversation =
                session.isKept() ? chat.context().timeline().find(session.thread()) : Optional.<Timeline.Thread>empty();
        var now = chat.context().clock().instant().truncatedTo(ChronoUnit.MILLIS);
        var text = Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("token", opened.token());
            json.writeStringField("expiresAt", now.plus(Sessions.LIFE).toString());
            visitor(json, session);
            conversation(json, conversation);
            config(json);
            json.writeObjectFieldStart("server");
            json.writeStringField("now", now.toString());
            json.writeStringField("version", VERSION);
            json.writeEndObject();
            json.writeStringField(
                    "ws",
                    (request.secure() ? "wss://" : "ws://") + request.host() + "/widget/1/"
                            + chat.context().instance() + "/ws");
            json.writeStringField("ticket", chat.tickets().issue(session));
            json.writeEndObject();
        });
        return WebReply.json(200, text.getBytes(StandardCharsets.UTF_8)).withHeader("Cache-Control", "no-store");
    }

    private static void visitor(JsonGenerator json, Session session) throws IOException {
        json.writeObjectFieldStart("visitor");
        json.writeStringField("id", session.visitor());
        var name = session.identity().map(Identity::name).orElse("");
        if (!name.isEmpty()) json.writeStringField("name", name);
        json.writeBooleanField("verified", session.identity().isPresent());
        json.writeEndObject();
    }

    private static void conversation(JsonGenerator json, Optional<Timeline.Thread> found) throws IOException {
        if (found.isEmpty()) {
            json.writeNullField("conversation");
            return;
        }
        var thread = found.get();
        json.writeObjectFieldStart("conversation");
        json.writeStringField("id", thread.conversationId());
        json.writeNumberField("lastSeq", thread.lastSeq());
        json.writeStringField("state", Views.state(thread.state()));
        json.writeNumberField("unread", thread.unread());
        json.writeNumberField("read", thread.customerReadSeq());
        json.writeEndObject();
    }

    private void config(JsonGenerator json) throws IOException {
        var look = chat.settings().look();
        var limits = chat.limits();
        json.writeObjectFieldStart("config");
        json.writeStringField("title", look.title());
        json.writeStringField("greeting", look.greeting());
        json.writeStringField("color", look.color());
        json.writeObjectFieldStart("availability");
        json.writeStringField("state", chat.context().availability().agentsOnline() ? "online" : "away");
        json.writeStringField("replyTime", look.replyTime());
        json.writeStringField("hours", look.hours());
        json.writeEndObject();
        json.writeObjectFieldStart("limits");
        json.writeNumberField("text", limits.text());
        json.writeNumberField("file", limits.file());
        json.writeNumberField("files", limits.filesPerMessage());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static Optional<Language> language(String tag) {
        try {
            return tag.isBlank() ? Optional.empty() : Optional.of(new Language(tag));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
