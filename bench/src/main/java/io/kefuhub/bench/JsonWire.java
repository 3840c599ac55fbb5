package io.kefuhub.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.StringJoiner;

/**
 * The protocol in JSON. Immutable.
 *
 * <p>For the load it looks for words instead of parsing: a quotation mark in a text is escaped, so no text can look like a key, and
 * the load shares its processors with what it measures.
 */
public final class JsonWire implements Wire {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String subprotocol() {
        return "hub.widget.1";
    }

    @Override
    public boolean binary() {
        return false;
    }

    @Override
    public byte[] hello(String conversation, long after) {
        var known = conversation.isEmpty() ? "" : ",\"conversation\":\"" + conversation + "\"";
        return ("{\"t\":\"hello\",\"id\":1" + known + ",\"after\":" + after + "}").getBytes(UTF_8);
    }

    @Override
    public byte[] question(String cid, String text) {
        return ("{\"t\":\"send\",\"id\":2," + body(cid, text)).getBytes(UTF_8);
    }

    /** The body of a question that is posted. */
    static byte[] message(String cid, String text) {
        return ("{" + body(cid, text)).getBytes(UTF_8);
    }

    private static String body(String cid, String text) {
        return "\"cid\":\"" + cid + "\",\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }

    @Override
    public byte[] pong() {
        return "{\"t\":\"pong\"}".getBytes(UTF_8);
    }

    @Override
    public Seen read(byte[] payload) {
        var frame = new String(payload, UTF_8);
        if (frame.startsWith("{\"t\":\"event\"")) {
            var bot = frame.contains("\"kind\":\"message\"") && frame.contains("\"author\":{\"kind\":\"bot\"");
            return new Seen.Event(number(frame, "\"seq\":"), bot, bot && frame.contains("\"type\":\"menu\""));
        }
        if (frame.startsWith("{\"t\":\"ok\"")) return new Seen.Stored();
        if (frame.startsWith("{\"t\":\"welcome\"")) return new Seen.Welcome();
        if (frame.startsWith("{\"t\":\"ping\"")) return new Seen.Ping();
        if (frame.startsWith("{\"t\":\"error\"")) return new Seen.Refused(frame);
        return new Seen.Other();
    }

    @Override
    public Told tell(byte[] payload) {
        try {
            return told(JSON.readTree(payload));
        } catch (IOException e) {
            throw new UncheckedIOException("a frame that is no JSON", e);
        }
    }

    /** Reads a frame, or an event of a page of history, which is written in the same way. */
    public static Told told(JsonNode frame) {
        return switch (frame.path("t").asText()) {
            case "welcome" ->
                new Told.Welcome(
                        frame.path("conversation").asText(""),
                        frame.path("from").asLong(),
                        frame.path("lastSeq").asLong());
            case "event" -> new Told.Happened(event(frame));
            case "ok" ->
                new Told.Stored(
                        frame.path("messageId").asText(),
                        frame.path("seq").asLong(),
                        frame.path("conversation").asText());
            case "error" ->
                new Told.Refused(
                        frame.path("code").asText(),
                        frame.path("retry").asBoolean(),
                        frame.path("text").asText());
            case "reset" -> new Told.Reset(frame.path("lastSeq").asLong());
            case "ping" -> new Told.Ping();
            default -> new Told.Other();
        };
    }

    private static Event event(JsonNode frame) {
        var seq = frame.path("seq").asLong();
        var kind = frame.path("kind").asText();
        return switch (kind) {
            case "state" ->
                Event.entered(
                        seq, frame.path("state").asText(), frame.path("agent").asText());
            case "read" -> Event.read(seq, frame.path("upTo").asLong());
            default -> {
                var message = frame.path("message");
                yield new Event(
                        seq,
                        kind,
                        message.path("id").asText(),
                        message.path("cid").asText(),
                        message.path("author").path("kind").asText(),
                        message.path("author").path("name").asText(),
                        message.path("answer").asText(),
                        text(message.path("parts")),
                        Instant.parse(message.path("at").asText()).toEpochMilli());
            }
        };
    }

    /** What the parts of a message say, as {@link Event#text} has it. */
    public static String text(JsonNode parts) {
        var text = new StringJoiner("\n");
        for (var part : parts) {
            text.add(part.path("text").asText());
            for (var option : part.path("options")) text.add(option.path("text").asText());
        }
        return text.toString();
    }

    private static long number(String frame, String key) {
        var at = frame.indexOf(key) + key.length();
        var number = 0L;
        while (Character.isDigit(frame.charAt(at))) number = number * 10 + frame.charAt(at++) - '0';
        return number;
    }
}
