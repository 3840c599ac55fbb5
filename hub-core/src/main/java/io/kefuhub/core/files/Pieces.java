package io.kefuhub.core.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Collects the parts of a content that stay, without copying them. */
final class Pieces {
    private final ByteBuffer source;
    private final List<ByteBuffer> kept = new ArrayList<>();
    private int end = -1;

    Pieces(ByteBuffer source) {
        this.source = source;
    }

    /** Keeps a part; one that follows the last joins it. */
    void keep(int from, int length) {
        if (from == end) {
            var last = kept.removeLast();
            kept.add(source.slice(from - last.remaining(), last.remaining() + length));
        } else {
            kept.add(source.slice(from, length));
        }
        end = from + length;
    }

    /** Puts in what was not there. */
    void add(byte[] bytes) {
        kept.add(ByteBuffer.wrap(bytes));
        end = -1;
    }

    List<ByteBuffer> all() {
        return kept;
    }

    static String text(ByteBuffer source, int from, int length) {
        var bytes = new byte[length];
        source.get(from, bytes);
        return new String(bytes, ISO_8859_1);
    }
}
