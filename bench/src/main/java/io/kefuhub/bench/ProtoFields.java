package io.kefuhub.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Walks over the fields of one message of Protocol Buffers. */
final class ProtoFields {
    private static final int VARINT = 0;
    private static final int BYTES = 2;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int start;
    private int number;
    private long value;

    private ProtoFields(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    static ProtoFields of(byte[] message) {
        return new ProtoFields(message, 0, message.length);
    }

    /** Goes to the next field; false after the last. */
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

    int number() {
        return number;
    }

    long value() {
        return value;
    }

    ProtoFields inner() {
        return new ProtoFields(bytes, start, start + (int) value);
    }

    String text() {
        return new String(bytes, start, (int) value, UTF_8);
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
