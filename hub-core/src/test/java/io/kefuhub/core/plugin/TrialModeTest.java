package io.kefuhub.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialModeTest {
    /** Ids as the hub gives them: counting up in their first half. */
    private static final List<String> CONVERSATIONS = IntStream.range(0, 10_000)
            .mapToObj(i -> new UUID(0x0199_0000_0000_7000L + i, 0x8000_0000_0000_0000L).toString())
            .toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 30, 50, 90})
    void a_share_of_ten_thousand_conversations_is_met(int percent) {
        assertThat(100.0 * count(in(percent, "words")) / CONVERSATIONS.size()).isCloseTo(percent, within(1.5));
    }

    @Test
    void all_is_all() {
        assertThat(count(in(100, "words"))).isEqualTo(CONVERSATIONS.size());
    }

    @Test
    void who_is_in_a_small_share_stays_in_when_it_grows() {
        for (var conversation : CONVERSATIONS) {
            if (in(10, "words").test(conversation)) assertThat(in(50, "words")).accepts(conversation);
        }
    }

    @Test
    void the_side_of_a_conversation_outlives_the_process() {
        assertThat(CONVERSATIONS.subList(0, 12).stream()
                        .map(id -> in(50, "words").test(id) ? 1 : 0))
                .as("as it was when this was written")
                .containsExactly(1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1);
    }

    @Test
    void two_trials_do_not_share_their_conversations() {
        var both = count(in(10, "words").and(in(10, "privacy")));

        assertThat(both).isBetween(50L, 150L);
    }

    @Test
    void a_share_of_nothing_or_of_more_than_all_is_refused() {
        assertThatThrownBy(() -> new TrialMode.Canary(0)).hasMessageContaining("0 %");
        assertThatThrownBy(() -> new TrialMode.Canary(101)).hasMessageContaining("101 %");
    }

    private static Predicate<String> in(int percent, String instance) {
        return conversation -> new TrialMode.Canary(percent).takes(conversation, instance);
    }

    private static long count(Predicate<String> those) {
        return CONVERSATIONS.stream().filter(those).count();
    }
}
