package io.kefuhub.core.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads a WebP chunk by chunk. */
final class Webp {
    private static final int HEADER = 12;
    private static final int HAS_METADATA = 0x0C;

    private final ByteBuffer webp;
    private final Pieces pieces;
    private int width;
    private int height;
    private boolean pixels;

    private Webp(ByteBuffer webp) {
        this.webp = webp.order(ByteOrder.LITTLE_ENDIAN);
        this.pieces = new Pieces(webp);
    }

    static Picture read(ByteBuffer webp) {
        return new Webp(webp).read();
    }

    private Picture read() {
        var end = (webp.getInt(4) & 0xFFFF_FFFFL) + 8;
        if (end > webp.limit()) {
            throw new BrokenPictureException("it is cut off");
        }
        var at = HEADER;
        while (at + 8 <= end) {
            var length = webp.getInt(at + 4);
            var whole = 8L + length + (length & 1);
            if (length < 0 || at + whole > webp.limit()) {
                throw new BrokenPictureException("it is cut off");
            }
            chunk(Pieces.text(webp, at, 4), at, (int) whole);
            at += (int) whole;
        }
        if (!pixels) {
            throw new BrokenPictureException("it has no pixels");
        }
        var all = new java.util.ArrayList<>(pieces.all());
        var size = 4 + all.stream().mapToInt(ByteBuffer::remaining).sum();
        all.addFirst(ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {'R', 'I', 'F', 'F'})
                .putInt(size)
                .put(new byte[] {'W', 'E', 'B', 'P'})
                .flip());
        return new Picture(width, height, all);
    }

    private void chunk(String type, int at, int whole) {
        var data = at + 8;
        switch (type) {
            case "VP8X" -> {
                width = (webp.getInt(data + 4) & 0xFFFFFF) + 1;
                height = (webp.getInt(data + 6) >>> 8) + 1;
                var copy = new byte[whole];
                webp.get(at, copy);
                copy[8] &= (byte) ~HAS_METADATA;
                pieces.add(copy);
                return;
            }
            case "VP8 " -> {
                sized(webp.getShort(data + 6) & 0x3FFF, webp.getShort(data + 8) & 0x3FFF);
                pixels = true;
            }
            case "VP8L" -> {
                var bits = webp.getInt(data + 1);
                sized((bits & 0x3FFF) + 1, (bits >>> 14 & 0x3FFF) + 1);
                pixels = true;
            }
            case "ANMF" -> pixels = true;
            case "EXIF", "XMP " -> {
                return;
            }
            default -> {}
        }
        pieces.keep(at, whole);
    }

    /** The canvas, where it is given, is the size of the whole. */
    private void sized(int w, int h) {
        if (width == 0) {
            width = w;
            height = h;
        }
    }
}
