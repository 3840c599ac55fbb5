package io.kefuhub.channel.wecom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void a_long_text_is_cut_into_pieces_that_fit_and_lose_nothing() {
        var text = "订单已经发货，正在路上。".repeat(300);

        var pieces = Texts.pieces(text, Texts.LIMIT);

        assertThat(pieces).hasSizeGreaterThan(1).allSatisfy(piece -> {
            assertThat(piece.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(Texts.LIMIT);
            assertThat(piece).endsWith("。");
        });
        assertThat(String.join("", pieces)).isEqualTo(text);
    }

    @Test
    void a_sign_of_two_halves_is_not_cut_in_two() {
        var text = "👩".repeat(1_000);

        var pieces = Texts.pieces(text, Texts.LIMIT);

        assertThat(String.join("", pieces)).isEqualTo(text);
        assertThat(pieces).allMatch(piece -> piece.codePoints().allMatch(c -> c == "👩".codePointAt(0)));
    }

    @Test
    void what_is_no_text_is_left_out() {
        assertThat(Texts.pieces("a\u0000b\u0008\uD800c\n", Texts.LIMIT)).containsExactly("abc\n");
        assertThat(Texts.pieces(" \n ", Texts.LIMIT)).isEmpty();
    }

    @Test
    void a_text_of_the_longest_length_said_to_fit_fits_whatever_it_says() {
        assertThat(Texts.pieces("汉".repeat(Texts.CHARACTERS), Texts.LIMIT)).hasSize(1);
    }

    @Test
    void a_reply_is_found_again_by_the_names_of_its_messages() {
        var id = UUID.randomUUID().toString();
        var name = MessageIds.of(id, 12);

        assertThat(name).matches("[0-9a-zA-Z_-]{1,32}").isNotEqualTo(MessageIds.of(id, 1));
        assertThat(MessageIds.delivery(name)).contains(id);
        assertThat(MessageIds.of("d_1", 0)).matches("[0-9a-zA-Z_-]{1,32}");
        assertThat(MessageIds.of("x".repeat(100), 0)).hasSizeLessThanOrEqualTo(32);
        for (var foreign : new String[] {"4XnVtBHrE3", "hsd_1-0", "hux-0", ""}) {
            assertThat(MessageIds.delivery(foreign)).isEmpty();
        }
    }
}
