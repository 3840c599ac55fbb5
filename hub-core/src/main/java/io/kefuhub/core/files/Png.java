package io.kefuhub.core.files;

import java.nio.ByteBuffer;
import java.util.Set;

/** Reads a PNG chunk by chunk. */
final class Png {
    private static final int SIGNATURE = 8;
    private static final int AROUND_DATA = 12;
    private static final Set<String> METADATA = Set.of("eXIf", "tEXt", "iTXt", "zTXt", "tIME");

    private Png() {}

    static Picture read(ByteBuffer png) {
        if (!Pieces.text(png, SIGNATURE + 4, 4).equals("IHDR")) {
            throw new BrokenPictureException("it does not begin with its header");
        }
        var width = png.getInt(SIGNATURE + 8);
        var height = png.getInt(SIGNATURE + 12);
        var pieces = new Pieces(png);
        pieces.keep(0, SIGNATURE);
        var pixels = false;
        var at = SIGNATURE;
        while (true) {
            var length = png.getInt(at);
            var type = Pieces.text(png, at + 4, 4);
            if (length < 0 || length > png.limit() - at - AROUND_DATA) {
                throw new BrokenPictureException("it is cut off");
            }
            if (!METADATA.contains(type)) {
                pieces.keep(at, length + AROUND_DATA);
            }
            at += length + AROUND_DATA;
            pixels |= type.equals("IDAT");
            if (type.equals("IEND")) {
                break;
            }
        }
        if (!pixels) {
            throw new BrokenPictureException("it has no pixels");
        }
        return new Picture(width, height, pieces.all());
    }
}
