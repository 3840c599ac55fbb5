package io.kefuhub.core.plugin.wasm.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A cursor over a module's bytes; whatever does not fit is {@link Malformed}. One thread only. */
final class ModuleBytes {
    private static final int LEB_BITS = 35;
    private static final long MOST_U32 = 0xffff_ffffL;

    private final byte[] bytes;
    private final int end;
    private int at;

    /** The bytes are no module. It carries no stack trace because it is an answer about a file. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String what) {
            super(what, null, false, false);
        }
    }

    ModuleBytes(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ModuleBytes(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    boolean hasMore() {
        return at < end;
    }

    int left() {
        return end - at;
    }

    int u8() {
        if (at >= end) throw new Malformed("it ends too early");
        return bytes[at++] & 0xff;
    }

    long u32() {
        var value = 0L;
        for (var shift = 0; shift < LEB_BITS; shift += 7) {
            var next = u8();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                if (value > MOST_U32) break;
                return value;
            }
        }
        throw new Malformed("a number is not written as numbers are");
    }

    /** Goes past as many bytes as a number says that comes before them, and gives them apart. */
    ModuleBytes sized() {
        var size = u32();
        if (size > left()) throw new Malformed("it ends too early");
        var part = new ModuleBytes(bytes, at, at + (int) size);
        at += (int) size;
        return part;
    }

    String name() {
        var part = sized();
        return new String(bytes, part.at, part.left(), StandardCharsets.UTF_8);
    }

    byte[] rest() {
        var rest = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return rest;
    }

    static void writeU32(ByteArrayOutputStream out, long value) {
        var left = value;
        do {
            var next = (int) (left & 0x7f);
            left >>>= 7;
            out.write(left == 0 ? next : next | 0x80);
        } while (left != 0);
    }
}
