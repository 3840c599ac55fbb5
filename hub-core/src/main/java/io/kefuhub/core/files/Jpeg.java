package io.kefuhub.core.files;

import java.nio.ByteBuffer;

/** Reads a JPEG segment by segment; keeps which way is up, which stands among the metadata. */
final class Jpeg {
    private static final int START_OF_SCAN = 0xDA;
    private static final int END = 0xD9;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COMMENT = 0xFE;

    private final ByteBuffer jpeg;
    private final Pieces pieces;
    private int width;
    private int height;
    private boolean pixels;

    private Jpeg(ByteBuffer jpeg) {
        this.jpeg = jpeg;
        this.pieces = new Pieces(jpeg);
    }

    static Picture read(ByteBuffer jpeg) {
        return new Jpeg(jpeg).read();
    }

    private Picture read() {
        pieces.keep(0, 2);
        var at = 2;
        while (true) {
            if ((jpeg.get(at) & 0xFF) != 0xFF) {
                throw new BrokenPictureException("its segments are broken");
            }
            var marker = jpeg.get(at + 1) & 0xFF;
            if (marker == 0xFF) {
                at++;
            } else if (marker == END) {
                pieces.keep(at, 2);
                break;
            } else {
                at = segment(at, marker);
            }
        }
        if (!pixels) {
            throw new BrokenPictureException("it has no pixels");
        }
        return new Picture(width, height, pieces.all());
    }

    private int segment(int at, int marker) {
        var length = jpeg.getShort(at + 2) & 0xFFFF;
        var next = at + 2 + length;
        if (length < 2 || next > jpeg.limit()) {
            throw new BrokenPictureException("it is cut off");
        }
        if (isFrame(marker)) {
            height = jpeg.getShort(at + 5) & 0xFFFF;
            width = jpeg.getShort(at + 7) & 0xFFFF;
        }
        if (marker == START_OF_SCAN) {
            pixels = true;
            next = endOfScan(next);
        }
        if (stays(at, marker, length)) {
            pieces.keep(at, next - at);
        } else if (marker == APP1) {
            Orientation.in(jpeg.slice(at + 4, length - 2)).ifPresent(up -> pieces.add(up.segment()));
        }
        return next;
    }

    /** Frames of all codings, but for the three markers among them that mean something else. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /** Of the application's segments only those that say how to show the colours. */
    private boolean stays(int at, int marker, int length) {
        return switch (marker) {
            case APP0, APP14 -> true;
            case APP2 -> length > 13 && Pieces.text(jpeg, at + 4, 11).equals("ICC_PROFILE");
            case COMMENT -> false;
            default -> marker < APP0 || marker > APP15;
        };
    }

    /** Where the next marker is: coded pixels hold 0xFF only before a zero or a restart. */
    private int endOfScan(int from) {
        var at = from;
        while (true) {
            if (jpeg.get(at) == (byte) 0xFF) {
                var next = jpeg.get(at + 1) & 0xFF;
                if (next != 0 && (next < 0xD0 || next > 0xD7) && next != 0xFF) {
                    return at;
                }
            }
            at++;
        }
    }
}
