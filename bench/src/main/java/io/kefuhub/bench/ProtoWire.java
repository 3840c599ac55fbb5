package io.kefuhub.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * The protocol as Protocol Buffers, as far as the load needs it; the numbers are those of {@code hub_widget.proto}.
 * Immutable.
 */
public final class ProtoWire implements Wire {
    private static final int VARINT = 0;
    private static final int BYTES = 2;

    @Override
    public String subprotocol() {
        return "hub.widget.1.proto";
    }

    @Override
    public boolean binary() {
        return true;
    }

    @Override
    public byte[] hello(String conversation, long after) {
        var hello = new ByteArrayOutputStream();
        if (!conversation.isEmpty()) field(hello, 1, conversation.getBytes(UTF_8));
        if (after > 0) {
            varint(hello, 2 << 3 | VARINT);
            varint(hello, after);
        }
        return frame(1, 2, hello.toByteArray());
    }

    @Override
    public byte[] question(String cid, String text) {
        var part = new ByteArrayOutputStream();
        field(part, 1, text.getBytes(UTF_8));
        var send = new ByteArrayOutputStream();
        field(send, 1, cid.getBytes(UTF_8));
        field(send, 2, part.toByteArray());
        return frame(2, 3, send.toByteArray());
    }

    @Override
    public byte[] pong() {
        return frame(0, 8, new byte[0]);
    }

    @Override
    public Told tell(byte[] payload) {
        return ProtoTold.of(payload);
    }

    @Override
    public Seen read(byte[] payload) {
        var frame = ProtoFields.of(payload);
        while (frame.next()) {
            switch (frame.number()) {
                case 7 -> {
                    return new Seen.Ping();
                }
                case 9 -> {
                    return new Seen.Welcome();
                }
                case 10 -> {
                    return event(frame.inner());
                }
                case 11 -> {
                    return new Seen.Stored();
                }
                case 12 -> {
                    return new Seen.Refused(new String(payload, UTF_8));
                }
                default -> {}
            }
        }
        return new Seen.Other();
    }

    private static Seen event(ProtoFields event) {
        var seq = 0L;
        var bot = false;
        var menu = false;
        while (event.next()) {
            if (event.number() == 1) seq = event.value();
            if (event.number() != 2) continue;
            var message = event.inner();
            while (message.next()) {
                if (message.number() == 3) {
                    var author = message.inner();
                    while (author.next())
                        if (author.number() == 1) bot = author.text().equals("bot");
                }
                if (message.number() == 5) {
                    var part = message.inner();
                    while (part.next()) menu |= part.number() == 3;
                }
            }
        }
        return new Seen.Event(seq, bot, bot && menu);
    }

    private static byte[] frame(int id, int body, byte[] content) {
        var out = new ByteArrayOutputStream(content.length + 8);
        if (id > 0) {
            varint(out, 1 << 3 | VARINT);
            varint(out, id);
        }
        field(out, body, content);
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] content) {
        varint(out, number << 3 | BYTES);
        varint(out, content.length);
        out.writeBytes(content);
    }

    private static void varint(ByteArrayOutputStream out, long number) {
        var rest = number;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
