package io.kefuhub.core.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/** Reads a GIF block by block. */
final class Gif {
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int END = 0x3B;
    private static final int APPLICATION = 0xFF;
    private static final int COMMENT = 0xFE;
    /** These say how often an animation runs. */
    private static final Set<String> APPLICATIONS = Set.of("NETSCAPE2.0", "ANIMEXTS1.0");

    private Gif() {}

    static Picture read(ByteBuffer gif) {
        gif.order(ByteOrder.LITTLE_ENDIAN);
        var width = gif.getShort(6) & 0xFFFF;
        var height = gif.getShort(8) & 0xFFFF;
        var pieces = new Pieces(gif);
        var at = 13 + colours(gif.get(10));
        pieces.keep(0, at);
        var pixels = false;
        while (true) {
            var block = gif.get(at) & 0xFF;
            int next;
            switch (block) {
                case EXTENSION -> next = subBlocks(gif, at + 2);
                case IMAGE -> {
                    next = subBlocks(gif, at + 11 + colours(gif.get(at + 9)));
                    pixels = true;
                }
                case END -> next = at + 1;
                default -> throw new BrokenPictureException("its blocks are broken");
            }
            if (block != EXTENSION || stays(gif, at)) {
                pieces.keep(at, next - at);
            }
            at = next;
            if (block == END) {
                break;
            }
        }
        if (!pixels) {
            throw new BrokenPictureException("it has no pixels");
        }
        return new Picture(width, height, pieces.all());
    }

    private static boolean stays(ByteBuffer gif, int at) {
        return switch (gif.get(at + 1) & 0xFF) {
            case COMMENT -> false;
            case APPLICATION -> gif.get(at + 2) == 11 && APPLICATIONS.contains(Pieces.text(gif, at + 3, 11));
            default -> true;
        };
    }

    private static int colours(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private static int subBlocks(ByteBuffer gif, int from) {
        var at = from;
        while (true) {
            var length = gif.get(at) & 0xFF;
            at += 1 + length;
            if (length == 0) {
                return at;
            }
        }
    }
}
