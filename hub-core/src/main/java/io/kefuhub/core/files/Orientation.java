package io.kefuhub.core.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * How a camera was held.
 *
 * @param value 2 to 8 as EXIF numbers them; 1, the usual way, needs no saying
 */
record Orientation(int value) {
    private static final String EXIF = "Exif\0\0";
    private static final int TAG = 0x0112;

    /** @param segment the content of a JPEG's APP1 segment */
    static Optional<Orientation> in(ByteBuffer segment) {
        try {
            if (!Pieces.text(segment, 0, EXIF.length()).equals(EXIF)) {
                return Optional.empty();
            }
            var tiff = segment.slice(EXIF.length(), segment.limit() - EXIF.length());
            tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            var directory = tiff.getInt(4);
            var count = tiff.getShort(directory) & 0xFFFF;
            for (var i = 0; i < count; i++) {
                var entry = directory + 2 + i * 12;
                if ((tiff.getShort(entry) & 0xFFFF) == TAG) {
                    return Optional.of(new Orientation(tiff.getShort(entry + 8)))
                            .filter(found -> found.value >= 2 && found.value <= 8);
                }
            }
            return Optional.empty();
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** A whole APP1 segment that says this and nothing else. */
    byte[] segment() {
        var content = EXIF.length() + 8 + 2 + 12 + 4;
        return ByteBuffer.allocate(4 + content)
                .putShort((short) 0xFFE1)
                .putShort((short) (content + 2))
                .put(EXIF.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                .putShort((short) 0x4D4D)
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) TAG)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) value)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }
}
