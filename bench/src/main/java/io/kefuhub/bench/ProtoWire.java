package io.kefuhub.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The protocol as Protocol Buffers, as far as the load needs it; the numbers are those of {@code hub_widget.proto}.
 * Immutable.
 */
final class ProtoWire implements Wire {
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
    public byte[] hello() {
        return frame(1, 2, new byte[0]);
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
    public Seen read(byte[] payload) {
        var frame = new Fields(payload, 0, payload.length);
        while (frame.next()) {
            switch (frame.number) {
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

    private static Seen event(Fields event) {
        var seq = 0L;
        var bot = false;
        var menu = false;
        while (event.next()) {
            if (event.number == 1) seq = event.value;
            if (event.number != 2) continue;
            var message = event.inner();
            while (message.next()) {
                if (message.number == 3) {
                    var author = message.inner();
                    while (author.next())
                        if (author.number == 1) bot = author.text().equals("bot");
                }
                if (message.number == 5) {
                    var part = message.inner();
                    while (part.next()) menu |= part.number == 3;
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

    private static void varint(ByteArrayOutputStream out, int number) {
        var rest = number;
        while (rest > 0x7f) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    /** Walks over the fields of one message. */
    private static final class Fields {
        private final byte[] bytes;
        private final int end;
        private int at;
        private int start;
        private int number;
        private long value;

        Fields(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.at = from;
            this.end = end;
        }

        boolean next() {
            if (at >= end) return false;
            var tag = varint();
            number = (int) (tag >>> 3);
            value = varint();
            if ((tag & 7) == BYTES) {
                start = at;
                at += (int) value;
            } else if ((tag & 7) != VARINT) {
                throw new IllegalStateException("a field type that the protocol does not use");
            }
            return true;
        }

        Fields inner() {
            return new Fields(bytes, start, start + (int) value);
        }

        String text() {
            return new String(Arrays.copyOfRange(bytes, start, start + (int) value), UTF_8);
        }

        private long varint() {
            var result = 0L;
            for (var shift = 0; ; shift += 7) {
                var one = bytes[at++];
                result |= (long) (one & 0x7f) << shift;
                if (one >= 0) return result;
            }
        }
    }
}
