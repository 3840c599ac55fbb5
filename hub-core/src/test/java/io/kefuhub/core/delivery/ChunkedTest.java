package io.kefuhub.core.delivery;

import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.message.Part;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Where an answer is cut that goes in several messages, and what is left of it at the end. */
class ChunkedTest {
    private static final String ONE = "一".repeat(59) + "。";
    private static final String TWO = "二".repeat(59) + "。";
    private static final UnaryOperator<String> ALL = UnaryOperator.identity();

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Chunked chunked = new Chunked(200, (_, words) -> sent.add(words));

    private static Part text(String words) {
        return new Part.Text(words);
    }

    @Test
    void a_message_has_sixty_characters_at_least_and_ends_with_the_last_sentence_that_something_follows() {
        assertThat(chunked.next(ONE.substring(1) + "后", ALL))
                .as("59 characters")
                .isEmpty();
        assertThat(chunked.next(ONE, ALL)).as("nothing follows").isEmpty();
        assertThat(chunked.next(ONE + "\n ", ALL)).as("only blanks follow").isEmpty();
        assertThat(chunked.next(ONE + "后", ALL)).isEqualTo(ONE);
        assertThat(chunked.next(ONE + "短句。" + TWO + "后", ALL)).isEqualTo(ONE + "短句。" + TWO);
        assertThat(chunked.next("It costs 3.5 euros, which e.g. " + "x".repeat(60) + " is fair", ALL))
                .as("no end of a sentence")
                .isEmpty();
    }

    @Test
    void no_message_is_longer_than_the_channel_takes_nor_shows_what_filters_hold() {
        var narrow = new Chunked(100, (_, _) -> true);

        assertThat(narrow.next(ONE + TWO + "后", ALL)).isEqualTo(ONE);
        assertThat(narrow.next("x".repeat(150) + ". And", ALL)).isEmpty();
        assertThat(chunked.next(ONE + TWO + "后", text -> text.substring(0, ONE.length() + 3)))
                .isEqualTo(ONE);
        assertThat(chunked.next(ONE + TWO + "后", text -> text.substring(0, 30))).isEmpty();
    }

    @Test
    void what_was_said_is_left_out_at_the_end_however_its_blanks_stand() {
        chunked.show(ONE);

        assertThat(chunked.rest(List.of(text(ONE + TWO)))).containsExactly(text(TWO));
        assertThat(chunked.rest(List.of(text(" " + ONE + "\n\n" + TWO), text("more"))))
                .containsExactly(text(TWO), text("more"));
        assertThat(chunked.rest(List.of(text(ONE)))).isEmpty();
        assertThat(chunked.rest(List.of(text(ONE.substring(0, 20))))).isEmpty();
        var menu = new Part.Menu("?", List.of(new Part.Menu.Option("a", "A")));
        assertThat(chunked.rest(List.of(menu))).containsExactly(menu);
    }

    @Test
    void where_the_answer_is_another_one_after_all_it_goes_on_with_the_first_sentence_that_differs() {
        chunked.show("前句。" + ONE);

        assertThat(chunked.rest(List.of(text("前句。" + TWO)))).containsExactly(text(TWO));
        assertThat(chunked.rest(List.of(text(TWO)))).containsExactly(text(TWO));
        assertThat(chunked.next(TWO + ONE + "后", ALL))
                .as("another text that grows")
                .isEmpty();
    }

    @Test
    void an_answer_of_which_nobody_knows_what_was_said_has_no_end() {
        var broken = new Chunked(200, (_, _) -> {
            throw new IllegalStateException("away");
        });

        assertThatThrownBy(() -> broken.show(ONE)).hasMessage("away");
        assertThatThrownBy(() -> broken.rest(List.of(text(ONE + TWO)))).hasMessage("away");
    }

    @Test
    void what_was_refused_is_said_at_the_end() {
        var refused = new Chunked(200, (_, _) -> false);

        assertThat(refused.show(ONE)).isEmpty();

        assertThat(refused.rest(List.of(text(ONE + TWO)))).containsExactly(text(ONE + TWO));
    }

    @Test
    void an_answer_may_be_made_anew_until_a_message_of_it_is_said_and_then_nothing_goes_of_the_first() {
        var looking = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var answer = new GrowingAnswer(
                new Abilities.Streaming.Chunks(3),
                text -> {
                    looking.countDown();
                    await(goOn);
                    return chunked.next(text, ALL);
                },
                chunked);

        answer.grow(ONE + "后");
        await(looking);
        assertThat(answer.mayBeMadeAnew()).isTrue();
        assertThat(answer.isMade()).isFalse();
        answer.grow(TWO + "后");
        goOn.countDown();
        until(() -> !sent.isEmpty());

        assertThat(sent).containsExactly(TWO);
        assertThat(answer.mayBeMadeAnew()).isFalse();
        assertThat(answer.rest(List.of(text(TWO + ONE)))).containsExactly(text(ONE));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
