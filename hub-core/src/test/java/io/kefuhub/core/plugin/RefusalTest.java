package io.kefuhub.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.plugin.Refusal.Why;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTest {
    private static final Object[] VALUES = {"«1»", "«2»", "«3»", "«4»", "«5»"};

    @ParameterizedTest
    @EnumSource
    void every_reason_says_the_same_in_both_languages(Why why) {
        var words = Refusal.of(why, VALUES).words();

        for (var value : VALUES) {
            assertThat(words.zh().contains((String) value))
                    .as("%s in %s", value, words)
                    .isEqualTo(words.en().contains((String) value));
        }
        assertThat(words.zh()).matches("(?s).*\\p{IsHan}.*");
    }

    @Test
    void every_reason_has_a_code_of_its_own() {
        var codes =
                Arrays.stream(Why.values()).map(why -> Refusal.of(why).code()).toList();

        assertThat(codes).doesNotHaveDuplicates().allMatch(code -> code.matches("[a-z0-9]+(-[a-z0-9]+)*"));
    }

    @Test
    void what_comes_out_of_a_plugin_is_made_fit_to_be_shown() {
        var refusal = Refusal.of(Why.DAMAGED, "a\nb\u202Ec" + "x".repeat(1_000));

        assertThat(refusal.values())
                .singleElement()
                .satisfies(value -> assertThat(value).startsWith("a b cx").hasSizeLessThan(310));
    }

    @Test
    void a_percent_sign_in_a_value_stays_as_it_is() {
        assertThat(new Refusal(Why.DAMAGED, List.of("100%s")).words().en()).contains("Its entry 100%s is");
    }
}
