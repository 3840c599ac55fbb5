package io.kefuhub.core.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Files as people send them, made on the spot. */
final class Samples {
    static final String SECRET = "GPS 31.2304 N 121.4737 E";

    private Samples() {}

    static byte[] picture(String format, int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (var x = 0; x < width; x++) {
            image.setRGB(x, x % height, new Color(x % 256, 100, 200).getRGB());
        }
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] pngWithPlace(int width, int height) {
        var png = picture("png", width, height);
        return join(cut(png, 0, 33), pngChunk("tEXt", SECRET), pngChunk("eXIf", SECRET), cut(png, 33, png.length));
    }

    static byte[] jpegWithPlace(int width, int height, int orientation) {
        var jpeg = picture("jpg", width, height);
        var exif = ByteBuffer.allocate(8 + 2 + 12 + 4 + SECRET.length()).order(ByteOrder.LITTLE_ENDIAN);
        exif.put("II*\0".getBytes(ISO_8859_1)).putInt(8).putShort((short) 1);
        exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
        exif.position(exif.position() + 6);
        exif.put(SECRET.getBytes(ISO_8859_1));
        var tiff = new String(exif.array(), ISO_8859_1);
        return join(
                cut(jpeg, 0, 20),
                jpegSegment(0xE1, "Exif\0\0" + tiff),
                jpegSegment(0xE1, "http://ns.adobe.com/xap/1.0/\0" + SECRET),
                jpegSegment(0xED, "Photoshop 3.0\0" + SECRET),
                jpegSegment(0xFE, SECRET),
                cut(jpeg, 20, jpeg.length),
                SECRET.getBytes(ISO_8859_1));
    }

    static byte[] gifWithPlace(int width, int height) {
        var gif = picture("gif", width, height);
        var comment = (char) 0x21 + "\u00fe" + (char) SECRET.length() + SECRET + "\0";
        return join(cut(gif, 0, gif.length - 1), comment.getBytes(ISO_8859_1), cut(gif, gif.length - 1, gif.length));
    }

    /** One pixel without losses, with a canvas that says metadata follow. */
    static byte[] webpWithPlace() {
        var pixel = new byte[] {0x2f, 0, 0, 0, 0, 0x07, 0x10, (byte) 0xfd, (byte) 0x8f, (byte) 0xfe, 0x07, 0x22, 0x22};
        var chunks = join(
                webpChunk("VP8X", new byte[] {0x0C, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
                webpChunk("VP8L", pixel),
                webpChunk("EXIF", SECRET.getBytes(ISO_8859_1)),
                webpChunk("XMP ", SECRET.getBytes(ISO_8859_1)));
        return join(webpChunk("RIFF", join("WEBP".getBytes(ISO_8859_1), chunks)));
    }

    static byte[] zip(List<String> names) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static BufferedImage decode(byte[] picture) {
        try {
            return ImageIO.read(new ByteArrayInputStream(picture));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] cut(byte[] whole, int from, int to) {
        return java.util.Arrays.copyOfRange(whole, from, to);
    }

    private static byte[] pngChunk(String type, String data) {
        var typed = (type + data).getBytes(ISO_8859_1);
        var crc = new CRC32();
        crc.update(typed);
        return ByteBuffer.allocate(typed.length + 8)
                .putInt(data.length())
                .put(typed)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] jpegSegment(int marker, String data) {
        return ByteBuffer.allocate(4 + data.length())
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (data.length() + 2))
                .put(data.getBytes(ISO_8859_1))
                .array();
    }

    private static byte[] webpChunk(String type, byte[] data) {
        return ByteBuffer.allocate(8 + data.length + (data.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.getBytes(ISO_8859_1))
                .putInt(data.length)
                .put(data)
                .array();
    }
}
