package io.kefuhub.channel.web.frame;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kefuhub.channel.web.frame.ServerFrame.Event;
import io.kefuhub.channel.web.frame.ServerFrame.PartView;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How the hub's frames read in JSON; the same over a socket, an event stream and a page of history. */
public final class JsonFrames {
    private JsonFrames() {}

    public static String write(ServerFrame frame) {
        return Json.write(json -> write(json, frame));
    }

    /** Writes a frame as one object. */
    public static void write(JsonGenerator json, ServerFrame frame) throws IOException {
        json.writeStartObject();
        switch (frame) {
            case ServerFrame.Welcome welcome -> welcome(json, welcome);
            case Event event -> event(json, event);
            case ServerFrame.Ok ok -> {
                head(json, "ok", ok.id());
                json.writeStringField("messageId", ok.messageId());
                json.writeNumberField("seq", ok.seq());
                json.writeStringField("at", ok.at().toString());
                json.writeStringField("conversation", ok.conversation());
            }
            case ServerFrame.Done(var id) -> head(json, "ok", id);
            case ServerFrame.Error(var id, var code, var retry, var text) -> {
                head(json, "error", id);
                json.writeStringField("code", code);
                json.writeBooleanField("retry", retry);
                json.writeStringField("text", text);
            }
            case ServerFrame.Typing(var on, var author) -> {
                head(json, "typing", 0);
                json.writeBooleanField("on", on);
                author(json, author);
            }
            case ServerFrame.Working working -> working(json, working);
            case ServerFrame.Draft(var answer, var text) -> {
                head(json, "draft", 0);
                json.writeStringField("answer", answer);
                json.writeStringField("text", text);
            }
            case ServerFrame.Ping() -> head(json, "ping", 0);
            case ServerFrame.Pong(var id) -> head(json, "pong", id);
            case ServerFrame.Replaced(var token, var conversation) -> {
                head(json, "session.replaced", 0);
                json.writeStringField("token", token);
                optional(json, "conversation", conversation);
            }
            case ServerFrame.Reset(var lastSeq) -> {
                head(json, "reset", 0);
                json.writeNumberField("lastSeq", lastSeq);
            }
            case ServerFrame.Bye(var reason, var retryAfterMillis) -> {
                head(json, "bye", 0);
                json.writeStringField("reason", reason);
                json.writeNumberField("retryAfterMs", retryAfterMillis);
            }
        }
        json.writeEndObject();
    }

    private static void welcome(JsonGenerator json, ServerFrame.Welcome welcome) throws IOException {
        head(json, "welcome", welcome.id());
        optional(json, "conversation", welcome.conversation());
        json.writeNumberField("from", welcome.from());
        json.writeNumberField("lastSeq", welcome.lastSeq());
        json.writeNumberField("heartbeat", welcome.heartbeat());
        json.writeObjectFieldStart("limits");
        json.writeNumberField("text", welcome.limits().text());
        json.writeNumberField("file", welcome.limits().file());
        json.writeEndObject();
    }

    private static void working(JsonGenerator json, ServerFrame.Working working) throws IOException {
        head(json, "working", 0);
        json.writeStringField("answer", working.answer());
        json.writeBooleanField("on", working.on());
        nonEmpty(json, "text", working.text());
        if (!working.options().isEmpty()) options(json, working.options());
    }

    private static void options(JsonGenerator json, List<PartView.Option> options) throws IOException {
        json.writeArrayFieldStart("options");
        for (var option : options) {
            json.writeStartObject();
            json.writeStringField("id", option.id());
            json.writeStringField("text", option.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void event(JsonGenerator json, Event event) throws IOException {
        head(json, "event", 0);
        json.writeNumberField("seq", event.seq());
        switch (event) {
            case Event.MessageShown(var _, var updated, var message) -> {
                json.writeStringField("kind", updated ? "message.updated" : "message");
                message(json, message);
            }
            case Event.StateShown(var _, var state, var agent) -> {
                json.writeStringField("kind", "state");
                json.writeStringField("state", state);
                nonEmpty(json, "agent", agent);
            }
            case Event.ReadShown(var _, var upTo) -> {
                json.writeStringField("kind", "read");
                json.writeStringField("by", "agent");
                json.writeNumberField("upTo", upTo);
            }
        }
    }

    private static void message(JsonGenerator json, ServerFrame.MessageView message) throws IOException {
        json.writeObjectFieldStart("message");
        json.writeStringField("id", message.id());
        nonEmpty(json, "cid", message.cid());
        author(json, message.author());
        json.writeStringField("at", message.at().toString());
        json.writeArrayFieldStart("parts");
        for (var part : message.parts()) part(json, part);
        json.writeEndArray();
        nonEmpty(json, "answer", message.answer());
        if (message.replyTo().isPresent()) quote(json, message.replyTo().get());
        json.writeEndObject();
    }

    private static void quote(JsonGenerator json, ServerFrame.QuoteView quote) throws IOException {
        json.writeObjectFieldStart("replyTo");
        json.writeStringField("id", quote.id());
        author(json, quote.author());
        json.writeStringField("text", quote.text());
        json.writeEndObject();
    }

    private static void part(JsonGenerator json, PartView part) throws IOException {
        json.writeStartObject();
        switch (part) {
            case PartView.Text(var text) -> {
                json.writeStringField("type", "text");
                json.writeStringField("text", text);
            }
            case PartView.File file -> {
                json.writeStringField("type", "file");
                json.writeStringField("fileId", file.fileId());
                json.writeStringField("name", file.name());
                json.writeStringField("mime", file.mime());
                json.writeNumberField("size", file.size());
                json.writeStringField("url", file.url());
            }
            case PartView.Menu(var text, var options) -> {
                json.writeStringField("type", "menu");
                json.writeStringField("text", text);
                options(json, options);
            }
            case PartView.Unsupported(var type) -> {
                json.writeStringField("type", "unsupported");
                json.writeStringField("was", type);
            }
        }
        json.writeEndObject();
    }

    private static void author(JsonGenerator json, ServerFrame.AuthorView author) throws IOException {
        json.writeObjectFieldStart("author");
        json.writeStringField("kind", author.kind());
        nonEmpty(json, "name", author.name());
        json.writeEndObject();
    }

    private static void head(JsonGenerator json, String type, long id) throws IOException {
        json.writeStringField("t", type);
        if (id != 0) json.writeNumberField("id", id);
    }

    private static void nonEmpty(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) json.writeStringField(name, value);
    }

    private static void optional(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) json.writeStringField(name, value.get());
        else json.writeNullField(name);
    }
}
