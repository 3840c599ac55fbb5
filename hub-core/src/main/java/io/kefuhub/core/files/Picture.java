package io.kefuhub.core.files;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A picture, read along its structure without decoding it.
 *
 * @param width in pixels
 * @param content the picture without what says where, when and by whom it was taken, and without what follows its end
 */
record Picture(int width, int height, List<ByteBuffer> content) {
    private static final int LONGEST_SIDE = 20_000;
    private static final long MOST_PIXELS = 100_000_000;

    Picture {
        if (width <= 0 || height <= 0) {
            throw new BrokenPictureException("it has no size");
        }
        if (width > LONGEST_SIDE || height > LONGEST_SIDE || (long) width * height > MOST_PIXELS) {
            throw new BrokenPictureException("it has too many pixels");
        }
        content = List.copyOf(content);
    }

    /** @throws BrokenPictureException when it is no whole picture of this type */
    static Picture read(String mime, ByteBuffer content) {
        var bytes = content.slice();
        try {
            return switch (mime) {
                case "image/png" -> Png.read(bytes);
                case "image/jpeg" -> Jpeg.read(bytes);
                case "image/gif" -> Gif.read(bytes);
                case "image/webp" -> Webp.read(bytes);
                default -> throw new IllegalArgumentException(mime);
            };
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new BrokenPictureException("it is cut off");
        }
    }
}
