package io.kefuhub.channel.web.frame;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kefuhub.channel.web.frame.ClientFrame.SentPart;
import io.kefuhub.channel.web.frame.ServerFrame.AuthorView;
import io.kefuhub.channel.web.frame.ServerFrame.Event;
import io.kefuhub.channel.web.frame.ServerFrame.PartView;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/** A client that speaks JSON. */
public final class JsonWire implements Wire {
    @Override
    public Codec codec() {
        return new JsonCodec();
    }

    @Override
    public Object encode(ClientFrame frame) {
        return Json.write(json -> {
            json.writeStartObject();
            switch (frame) {
                case ClientFrame.Hello(var id, var conversation, var after, var caps) -> {
                    head(json, "hello", id);
                    if (conversation.isPresent()) json.writeStringField("conversation", conversation.get());
                    json.writeNumberField("after", after);
                    json.writeArrayFieldStart("caps");
                    for (var cap : caps) json.writeString(cap);
                    json.writeEndArray();
                }
                case ClientFrame.Send(var id, var cid, var parts, var replyTo) -> {
                    head(json, "send", id);
                    json.writeStringField("cid", cid);
                    if (replyTo.isPresent()) json.writeStringField("replyTo", replyTo.get());
                    json.writeArrayFieldStart("parts");
                    for (var part : parts) part(json, part);
                    json.writeEndArray();
                }
                case ClientFrame.Read(var upTo) -> {
                    head(json, "read", 0);
                    json.writeNumberField("upTo", upTo);
                }
                case ClientFrame.Typing(var on) -> {
                    head(json, "typing", 0);
                    json.writeBooleanField("on", on);
                }
                case ClientFrame.Identify(var id, var identity) -> {
                    head(json, "identify", id);
                    json.writeStringField("identity", identity);
                }
                case ClientFrame.Ping(var id) -> head(json, "ping", id);
                case ClientFrame.Pong() -> head(json, "pong", 0);
                case ClientFrame.Unknown() -> head(json, "wave", 0);
            }
            json.writeEndObject();
        });
    }

    private static void part(JsonGenerator json, SentPart part) throws IOException {
        json.writeStartObject();
        switch (part) {
            case SentPart.Text(var text) -> {
                json.writeStringField("type", "text");
                json.writeStringField("text", text);
            }
            case SentPart.File(var uploadId) -> {
                json.writeStringField("type", "file");
                json.writeStringField("uploadId", uploadId);
            }
            case SentPart.Unknown(var type) -> json.writeStringField("type", type);
        }
        json.writeEndObject();
    }

    private static void head(JsonGenerator json, String type, long id) throws IOException {
        json.writeStringField("t", type);
        if (id != 0) json.writeNumberField("id", id);
    }

    @Override
    public ServerFrame decode(Object message) {
        try {
            return decode(Json.read((String) message));
        } catch (BadFrame e) {
            throw new AssertionError(e.reason() + ": " + message, e);
        }
    }

    public static ServerFrame decode(JsonObject frame) throws BadFrame {
        var id = frame.number("id", 0);
        return switch (frame.text("t")) {
            case "welcome" -> {
                var limits = frame.object("limits").orElseThrow();
                yield new ServerFrame.Welcome(
                        id,
                        frame.find("conversation"),
                        frame.number("from"),
                        frame.number("lastSeq"),
                        (int) frame.number("heartbeat"),
                        new ServerFrame.Limits((int) limits.number("text"), limits.number("file")));
            }
            case "event" -> event(frame);
            case "ok" ->
                frame.has("messageId")
                        ? new ServerFrame.Ok(
                                id,
                                frame.text("messageId"),
                                frame.number("seq"),
                                Instant.parse(frame.text("at")),
                                frame.text("conversation"))
                        : new ServerFrame.Done(id);
            case "error" -> new ServerFrame.Error(id, frame.text("code"), frame.flag("retry"), frame.text("text"));
            case "typing" -> new ServerFrame.Typing(frame.flag("on"), author(frame));
            case "draft" -> new ServerFrame.Draft(frame.text("answer"), frame.text("text"));
            case "working" -> {
                var options = new ArrayList<PartView.Option>();
                for (var option : frame.objects("options")) {
                    options.add(new PartView.Option(option.text("id"), option.text("text")));
                }
                yield new ServerFrame.Working(
                        frame.text("answer"),
                        frame.flag("on"),
                        frame.find("text").orElse(""),
                        options);
            }
            case "ping" -> new ServerFrame.Ping();
            case "pong" -> new ServerFrame.Pong(id);
            case "session.replaced" -> new ServerFrame.Replaced(frame.text("token"), frame.find("conversation"));
            case "reset" -> new ServerFrame.Reset(frame.number("lastSeq"));
            case "bye" -> new ServerFrame.Bye(frame.text("reason"), (int) frame.number("retryAfterMs"));
            default -> throw new AssertionError("not a frame: " + frame);
        };
    }

    private static Event event(JsonObject frame) throws BadFrame {
        var seq = frame.number("seq");
        return switch (frame.text("kind")) {
            case "message" -> new Event.MessageShown(seq, false, message(frame));
            case "message.updated" -> new Event.MessageShown(seq, true, message(frame));
            case "state" ->
                new Event.StateShown(
                        seq, frame.text("state"), frame.find("agent").orElse(""));
            case "read" -> new Event.ReadShown(seq, frame.number("upTo"));
            default -> throw new AssertionError("not an event: " + frame);
        };
    }

    private static ServerFrame.MessageView message(JsonObject frame) throws BadFrame {
        var message = frame.object("message").orElseThrow();
        var parts = new ArrayList<PartView>();
        for (var part : message.objects("parts")) parts.add(partView(part));
        return new ServerFrame.MessageView(
                message.text("id"),
                message.find("cid").orElse(""),
                author(message),
                Instant.parse(message.text("at")),
                parts,
                message.find("answer").orElse(""),
                message.has("replyTo")
                        ? Optional.of(quote(message.object("replyTo").orElseThrow()))
                        : Optional.empty());
    }

    private static ServerFrame.QuoteView quote(JsonObject quote) throws BadFrame {
        return new ServerFrame.QuoteView(quote.text("id"), author(quote), quote.text("text"));
    }

    private static PartView partView(JsonObject part) throws BadFrame {
        return switch (part.text("type")) {
            case "text" -> new PartView.Text(part.text("text"));
            case "file" ->
                new PartView.File(
                        part.text("fileId"),
                        part.text("name"),
                        part.text("mime"),
                        part.number("size"),
                        part.text("url"));
            case "menu" -> {
                var options = new ArrayList<PartView.Option>();
                for (var option : part.objects("options")) {
                    options.add(new PartView.Option(option.text("id"), option.text("text")));
                }
                yield new PartView.Menu(part.text("text"), options);
            }
            default -> new PartView.Unsupported(part.find("was").orElse(""));
        };
    }

    private static AuthorView author(JsonObject holder) throws BadFrame {
        var author = holder.object("author").orElseThrow();
        return new AuthorView(author.text("kind"), author.find("name").orElse(""));
    }
}
