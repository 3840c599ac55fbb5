package io.kefuhub.simulators.feishu;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One message of the long connection, on the wire as protobuf: SeqID 1, LogID 2, service 3, method 4, headers 5 (key 1,
 * value 2), payload_encoding 6, payload_type 7, payload 8, LogIDNew 9. The first four are written even when they are 0.
 */
record Frame(long seqId, long logId, int service, int method, Map<String, String> headers, byte[] payload) {
    static final int CONTROL = 0;
    static final int DATA = 1;

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    Frame {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        payload = payload.clone();
    }

    static Frame control(int service, String type, byte[] payload) {
        return new Frame(0, 0, service, CONTROL, Map.of("type", type), payload);
    }

    String header(String key) {
        return headers.getOrDefault(key, "");
    }

    String type() {
        return header("type");
    }

    byte[] encoded() {
        var out = new ByteArrayOutputStream(payload.length + 256);
        number(out, 1, seqId);
        number(out, 2, logId);
        number(out, 3, service);
        number(out, 4, method);
        headers.forEach((key, value) -> {
            var entry = new ByteArrayOutputStream();
            bytes(entry, 1, key.getBytes(UTF_8));
            bytes(entry, 2, value.getBytes(UTF_8));
            bytes(out, 5, entry.toByteArray());
        });
        if (payload.length > 0) bytes(out, 8, payload);
        return out.toByteArray();
    }

    /** Refuses what is cut short, what lacks a required field and what is no protobuf, by {@link IllegalArgumentException}. */
    static Frame decoded(byte[] wire) {
        var in = new Reader(wire, 0, wire.length);
        var numbers = new long[5];
        var seen = new boolean[5];
        var headers = new LinkedHashMap<String, String>();
        var payload = new byte[0];
        while (in.more()) {
            var tag = (int) in.varint();
            var field = tag >>> 3;
            if (field >= 1 && field <= 4 && (tag & 7) == VARINT) {
                numbers[field] = in.varint();
                seen[field] = true;
            } else if (field == 5 && (tag & 7) == BYTES) {
                header(in.part(), headers);
            } else if (field == 8 && (tag & 7) == BYTES) {
                payload = in.part().rest();
            } else {
                in.skip(tag & 7);
            }
        }
        for (var field = 1; field <= 4; field++) {
            if (!seen[field]) throw new IllegalArgumentException("a frame lacks required field " + field);
        }
        return new Frame(numbers[1], numbers[2], (int) numbers[3], (int) numbers[4], headers, payload);
    }

    private static void header(Reader in, Map<String, String> headers) {
        var key = "";
        var value = "";
        while (in.more()) {
            var tag = (int) in.varint();
            if ((tag & 7) != BYTES) {
                in.skip(tag & 7);
                continue;
            }
            var text = new String(in.part().rest(), UTF_8);
            if (tag >>> 3 == 1) key = text;
            else if (tag >>> 3 == 2) value = text;
        }
        headers.put(key, value);
    }

    private static void number(ByteArrayOutputStream out, int field, long value) {
        varint(out, (long) field << 3 | VARINT);
        varint(out, value);
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
        varint(out, (long) field << 3 | BYTES);
        varint(out, value.length);
        out.writeBytes(value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static final class Reader {
        private final byte[] wire;
        private final int end;
        private int at;

        Reader(byte[] wire, int at, int end) {
            this.wire = wire;
            this.at = at;
            this.end = end;
        }

        boolean more() {
            return at < end;
        }

        long varint() {
            var value = 0L;
            for (var shift = 0; shift < 64; shift += 7) {
                if (at >= end) throw new IllegalArgumentException("a frame is cut short");
                var next = wire[at++];
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) return value;
            }
            throw new IllegalArgumentException("a number of a frame is too long");
        }

        Reader part() {
            var length = varint();
            if (length < 0 || length > end - at) throw new IllegalArgumentException("a frame is cut short");
            var part = new Reader(wire, at, at + (int) length);
            at += (int) length;
            return part;
        }

        byte[] rest() {
            return Arrays.copyOfRange(wire, at, end);
        }

        void skip(int type) {
            switch (type) {
                case VARINT -> varint();
                case FIXED64 -> jump(8);
                case BYTES -> part();
                case FIXED32 -> jump(4);
                default -> throw new IllegalArgumentException("a frame has a field of unknown kind " + type);
            }
        }

        private void jump(int bytes) {
            if (bytes > end - at) throw new IllegalArgumentException("a frame is cut short");
            at += bytes;
        }
    }
}
