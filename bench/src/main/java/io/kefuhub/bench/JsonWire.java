package io.kefuhub.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The protocol in JSON. Immutable.
 *
 * <p>It looks for words instead of parsing: a quotation mark in a text is escaped, so no text can look like a key, and
 * the load shares its processors with what it measures.
 */
final class JsonWire implements Wire {
    @Override
    public String subprotocol() {
        return "hub.widget.1";
    }

    @Override
    public boolean binary() {
        return false;
    }

    @Override
    public byte[] hello() {
        return "{\"t\":\"hello\",\"id\":1,\"after\":0}".getBytes(UTF_8);
    }

    @Override
    public byte[] question(String cid, String text) {
        var frame = "{\"t\":\"send\",\"id\":2,\"cid\":\"" + cid + "\",\"parts\":[{\"type\":\"text\",\"text\":\"" + text
                + "\"}]}";
        return frame.getBytes(UTF_8);
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

    private static long number(String frame, String key) {
        var at = frame.indexOf(key) + key.length();
        var number = 0L;
        while (Character.isDigit(frame.charAt(at))) number = number * 10 + frame.charAt(at++) - '0';
        return number;
    }
}
