package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    private boolean isFastAfter(String question, long nanos, int times) {
        return IntStream.range(0, times)
                .mapToObj(_ -> pace.isFastAfter(question, nanos))
                .reduce(false, (_, last) -> last);
    }

    @Test
    void it_is_fast_when_it_has_taken_a_small_part_for_a_good_while() {
        assertThat(isFastAfter("a", 8_000, 100)).isFalse();

        assertThat(isFastAfter("a", 1_000, 39)).isFalse();
        assertThat(pace.isFastAfter("a", 1_000)).isTrue();
    }

    @Test
    void one_slow_question_begins_the_count_anew() {
        isFastAfter("a", 8_000, 3);
        isFastAfter("b", 80_000, 3);
        isFastAfter("a", 1_000, 39);

        assertThat(pace.isFastAfter("b", 40_000)).isFalse();
        assertThat(isFastAfter("a", 1_000, 39)).isFalse();
        assertThat(pace.isFastAfter("b", 10_000)).isTrue();
    }

    @Test
    void one_slow_beginning_does_not_make_the_rest_fast() {
        pace.isFastAfter("a", 100_000);

        assertThat(isFastAfter("a", 8_000, 600)).isFalse();
    }

    @Test
    void what_is_as_fast_as_it_ever_was_is_asked_on() {
        assertThat(isFastAfter("a", 1_000, 600)).isFalse();
    }
}
