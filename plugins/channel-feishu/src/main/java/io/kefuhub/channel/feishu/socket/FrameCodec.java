package io.kefuhub.channel.feishu.socket;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;

/** Frames as bytes: one small protobuf message whose required fields are written even when they are 0. */
final class FrameCodec {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int REQUIRED = 0b11110;

    private FrameCodec() {}

    static byte[] write(Frame frame) {
        var out = new ByteArrayOutputStream(frame.payload().length + 256);
        number(out, 1, frame.sequence());
        number(out, 2, frame.logId());
        number(out, 3, frame.service());
        number(out, 4, frame.method());
        for (var header : frame.headers()) {
            var inner = new ByteArrayOutputStream(64);
            bytes(inner, 1, utf8(header.key()));
            bytes(inner, 2, utf8(header.value()));
            bytes(out, 5, inner.toByteArray());
        }
        if (!frame.encoding().isEmpty()) bytes(out, 6, utf8(frame.encoding()));
        if (!frame.type().isEmpty()) bytes(out, 7, utf8(frame.type()));
        if (frame.payload().length > 0) bytes(out, 8, frame.payload());
        if (!frame.newLogId().isEmpty()) bytes(out, 9, utf8(frame.newLogId()));
        return out.toByteArray();
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
        var left = value;
        while ((left & ~0x7FL) != 0) {
            out.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a frame; empty for bytes that are none. */
    static Optional<Frame> read(byte[] bytes) {
        try {
            return Optional.of(frame(new Input(bytes)));
        } catch (MalformedException _) {
            return Optional.empty();
        }
    }

    private static Frame frame(Input in) throws MalformedException {
        var numbers = new long[5];
        var headers = new ArrayList<Frame.Header>();
        var texts = new String[] {"", "", "", ""};
        var payload = new byte[0];
        var seen = 0;
        while (!in.isAtEnd()) {
            var tag = in.varint();
            var field = (int) (tag >>> 3);
            var wire = (int) (tag & 7);
            if (field >= 1 && field <= 4 && wire == VARINT) {
                numbers[field] = in.varint();
                seen |= 1 << field;
            } else if (field == 5 && wire == BYTES) {
                headers.add(header(new Input(in.bytes())));
            } else if (field == 8 && wire == BYTES) {
                payload = in.bytes();
            } else if ((field == 6 || field == 7 || field == 9) && wire == BYTES) {
                texts[field % 6] = text(in.bytes());
            } else {
                in.skip(wire);
            }
        }
        if (seen != REQUIRED) throw new MalformedException();
        return new Frame(
                numbers[1],
                numbers[2],
                (int) numbers[3],
                (int) numbers[4],
                headers,
                texts[0],
                texts[1],
                payload,
                texts[3]);
    }

    private static Frame.Header header(Input in) throws MalformedException {
        var key = "";
        var value = "";
        while (!in.isAtEnd()) {
            var tag = in.varint();
            if (tag == (1 << 3 | BYTES)) key = text(in.bytes());
            else if (tag == (2 << 3 | BYTES)) value = text(in.bytes());
            else in.skip((int) (tag & 7));
        }
        return new Frame.Header(key, value);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Reads from the front. */
    private static final class Input {
        private final byte[] bytes;
        private int at;

        Input(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean isAtEnd() {
            return at >= bytes.length;
        }

        long varint() throws MalformedException {
            var value = 0L;
            for (var shift = 0; shift < 64; shift += 7) {
                if (isAtEnd()) throw new MalformedException();
                var next = bytes[at++];
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) return value;
            }
            throw new MalformedException();
        }

        byte[] bytes() throws MalformedException {
            var length = varint();
            if (length < 0 || length > bytes.length - at) throw new MalformedException();
            var part = Arrays.copyOfRange(bytes, at, at + (int) length);
            at += (int) length;
            return part;
        }

        void skip(int wire) throws MalformedException {
            switch (wire) {
                case VARINT -> varint();
                case FIXED64 -> skipBytes(8);
                case BYTES -> bytes();
                case FIXED32 -> skipBytes(4);
                default -> throw new MalformedException();
            }
        }

        private void skipBytes(int count) throws MalformedException {
            if (count > bytes.length - at) throw new MalformedException();
            at += count;
        }
    }
}
