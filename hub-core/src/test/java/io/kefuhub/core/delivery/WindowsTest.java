package io.kefuhub.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Conversation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {
    private static final Instant HEARD = Instant.parse("2026-11-24T08:00:00Z");
    private static final SendWindow FIVE = new SendWindow(5, Duration.ofHours(48), 20);

    @ParameterizedTest
    @CsvSource({"0, 5, 4", "3, 2, 1", "4, 1, 0", "5, 0, 0", "9, 0, 0"})
    void the_last_reply_of_a_window_is_a_persons(int said, int left, int forHub) {
        var allowance = FIVE.at(heard(said), HEARD.plusSeconds(1));

        assertThat(allowance.left()).isEqualTo(left);
        assertThat(allowance.forHub()).isEqualTo(forHub);
        assertThat(allowance.until()).contains(HEARD.plus(Duration.ofHours(48)));
    }

    @Test
    void the_only_reply_of_a_window_is_the_hubs_too() {
        var one = new SendWindow(1, Duration.ofHours(48), 20);

        assertThat(one.at(heard(0), HEARD).forHub()).isOne();
        assertThat(one.at(heard(1), HEARD).forHub()).isZero();
    }

    @Test
    void a_window_closes_by_the_clock_whatever_is_left_of_it() {
        var end = HEARD.plus(Duration.ofHours(48));

        assertThat(FIVE.at(heard(0), end.minusMillis(1)).left()).isEqualTo(5);
        assertThat(FIVE.at(heard(0), end).left()).isZero();
        assertThat(FIVE.at(heard(0), end).open()).isFalse();
        var uncounted = new SendWindow(Integer.MAX_VALUE, Duration.ofHours(24), 20);
        assertThat(uncounted.at(heard(99), HEARD).forHub()).isEqualTo(Integer.MAX_VALUE);
        assertThat(uncounted.at(heard(99), end).forHub()).isZero();
    }

    @Test
    void a_channel_without_limits_has_no_allowance_to_tell_of() {
        var open = SendWindow.of(Abilities.pushed(100));

        assertThat(open.isLimited()).isFalse();
        assertThat(open.at(heard(1_000_000), HEARD.plus(Duration.ofDays(30_000)))
                        .isLimited())
                .isFalse();
    }

    @Test
    void a_text_is_cut_where_a_reader_pauses_and_says_the_same_in_pieces() {
        assertThat(Pieces.of("One sentence. Another, longer one.", 20))
                .containsExactly("One sentence.", "Another, longer one.");
        assertThat(Pieces.of("版本 1.25 已发布。请您尽快升级到它。", 14)).containsExactly("版本 1.25 已发布。", "请您尽快升级到它。");
        assertThat(Pieces.of("first paragraph\n\nsecond", 18)).containsExactly("first paragraph", "second");
        assertThat(Pieces.of("x".repeat(45), 20)).extracting(String::length).containsExactly(20, 20, 5);
        assertThat(Pieces.of("fits", 4)).containsExactly("fits");
    }

    @Test
    void no_character_is_cut_in_two() {
        var pieces = Pieces.of("😀".repeat(25), 7);

        assertThat(String.join("", pieces)).isEqualTo("😀".repeat(25));
        assertThat(pieces)
                .allSatisfy(piece -> assertThat(piece.length()).isEven().isLessThanOrEqualTo(7));
        assertThat(Pieces.cut("😀😀😀😀", 4)).isEqualTo("😀…");
    }

    @Test
    void texts_become_one_before_anything_is_cut_off() {
        assertThat(FIVE.fit(texts("one", "two", "three"), 1)).isEqualTo(texts("one\n\ntwo\n\nthree"));
        assertThat(FIVE.fit(texts("one", "two"), 2)).isEqualTo(texts("one", "two"));
        assertThat(FIVE.fit(texts("A sentence is here.", "Another is here."), 1))
                .isEqualTo(texts("A sentence is here.…"));
        assertThat(FIVE.fit(texts("one"), 0)).isEmpty();
    }

    private static List<Part> texts(String... texts) {
        return Stream.of(texts).<Part>map(Part.Text::new).toList();
    }

    private static Conversation.Heard heard(int replies) {
        return new Conversation.Heard(Optional.of(HEARD), replies);
    }
}
