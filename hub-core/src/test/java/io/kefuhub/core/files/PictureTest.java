package io.kefuhub.core.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PictureTest {
    static Stream<Arguments> pictures() {
        return Stream.of(
                Arguments.of("image/png", Samples.pngWithPlace(40, 30), 40, 30),
                Arguments.of("image/jpeg", Samples.jpegWithPlace(40, 30, 6), 40, 30),
                Arguments.of("image/gif", Samples.gifWithPlace(40, 30), 40, 30),
                Arguments.of("image/webp", Samples.webpWithPlace(), 1, 1));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void where_it_was_taken_is_cut_out_and_nothing_else(String mime, byte[] given, int width, int height) {
        assertThat(ContentTypes.detect(ByteBuffer.wrap(given))).contains(mime);

        var picture = Picture.read(mime, ByteBuffer.wrap(given));

        var cleaned = bytes(picture);
        assertThat(picture.width()).isEqualTo(width);
        assertThat(picture.height()).isEqualTo(height);
        assertThat(new String(given, ISO_8859_1)).contains(Samples.SECRET);
        assertThat(new String(cleaned, ISO_8859_1)).doesNotContain(Samples.SECRET);
        assertThat(bytes(Picture.read(mime, ByteBuffer.wrap(cleaned)))).isEqualTo(cleaned);
        if (!mime.equals("image/webp")) {
            assertThat(pixels(cleaned)).isEqualTo(pixels(given));
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void a_picture_cut_off_anywhere_is_refused(String mime, byte[] given) {
        var cleaned = bytes(Picture.read(mime, ByteBuffer.wrap(given)));

        for (var length = 12; length < cleaned.length; length += 7) {
            var half = Samples.cut(cleaned, 0, length);
            assertThatExceptionOfType(BrokenPictureException.class)
                    .isThrownBy(() -> Picture.read(mime, ByteBuffer.wrap(half)));
        }
    }

    @Test
    void which_way_is_up_stays() {
        var cleaned = bytes(Picture.read("image/jpeg", ByteBuffer.wrap(Samples.jpegWithPlace(8, 8, 6))));

        var exif = new String(cleaned, ISO_8859_1).indexOf("Exif\0\0");
        var segment = ByteBuffer.wrap(cleaned, exif, cleaned.length - exif).slice();
        assertThat(Orientation.in(segment)).contains(new Orientation(6));
    }

    @Test
    void a_picture_with_absurdly_many_pixels_is_refused() {
        var png = Samples.picture("png", 4, 4);
        ByteBuffer.wrap(png).putInt(16, 19_999).putInt(20, 19_999);

        assertThatExceptionOfType(BrokenPictureException.class)
                .isThrownBy(() -> Picture.read("image/png", ByteBuffer.wrap(png)))
                .withMessageContaining("pixels");
    }

    private static byte[] bytes(Picture picture) {
        return Samples.join(picture.content().stream()
                .map(piece -> {
                    var bytes = new byte[piece.remaining()];
                    piece.duplicate().get(bytes);
                    return bytes;
                })
                .toArray(byte[][]::new));
    }

    private static int[] pixels(byte[] picture) {
        var image = Samples.decode(picture);
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
