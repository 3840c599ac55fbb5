package io.kefuhub.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.filter.Verdict;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReasonTest {
    private final Slot<?> plugins = Foreign.filter("f", Duration.ofSeconds(1), _ -> Verdict.pass());
    private final Slot<?> hubs = Slot.of(Kind.FILTER, "own", Foreign.asFilter(_ -> Verdict.pass()));

    @Test
    void the_hubs_own_reason_is_a_code_with_what_it_is_about() {
        var reason = Reason.of(hubs, Reason.Code.EXACT.with("退货: 怎么做"));

        assertThat(reason).isEqualTo(new Reason.Known(Reason.Code.EXACT, "退货: 怎么做"));
        assertThat(reason.words().en()).isEqualTo("word for word: 退货: 怎么做");
        assertThat(reason.words().zh()).isEqualTo("与问法一致：退货: 怎么做");
    }

    @Test
    void a_code_may_be_about_nothing() {
        assertThat(Reason.of(hubs, Reason.Code.NO_WORDS.key())).isEqualTo(new Reason.Known(Reason.Code.NO_WORDS, ""));
    }

    @Test
    void what_a_plugin_says_stays_its_own_words_even_when_it_looks_like_a_code() {
        assertThat(Reason.of(plugins, "exact: 100 %s")).isEqualTo(new Reason.Told("exact: 100 %s"));
        assertThat(Reason.of(plugins, "exact: 100 %s").words().zh()).isEqualTo("exact: 100 %s");
    }

    @Test
    void what_went_wrong_in_a_call_has_a_code() {
        assertThat(new Asked.Late<>(500_000_000).why().words().en()).isEqualTo("no answer after 500 ms");
        assertThat(new Asked.Failed<>("Boom: %s", 1).why()).isEqualTo(Reason.Code.FAILED.known("Boom: %s"));
        assertThat(new Asked.Failed<>("Boom", 1).problem()).isEqualTo("Boom");
    }

    @Test
    void every_code_has_a_key_of_its_own() {
        assertThat(Arrays.stream(Reason.Code.values()).map(Reason.Code::key)).doesNotHaveDuplicates();
    }
}
