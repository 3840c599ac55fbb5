package io.kefuhub.core.answering.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {
    @Test
    void han_gives_signs_and_pairs_and_latin_gives_words() {
        assertThat(Terms.of("积分换ＳＬ 15").all()).containsExactly("积", "分", "积分", "换", "分换", "sl", "15");
    }

    @Test
    void words_that_mean_the_same_are_the_same() {
        assertThat(Terms.of("如何退货").all()).isEqualTo(Terms.of("怎么退货").all());
        assertThat(Terms.of("邮费多少钱").all()).isEqualTo(Terms.of("运费是多少").all());
        assertThat(Terms.of("shipping fees").all())
                .isEqualTo(Terms.of("the delivery cost").all());
        assertThat(Terms.of("cancelling orders").all())
                .isEqualTo(Terms.of("cancel my order").all());
    }

    @ParameterizedTest
    @CsvSource({
        "怎么退货,0",
        "不能退货吗,1",
        "能不能退货,0",
        "退不退货,0",
        "还没发货,1",
        "没有收到不想要了,2",
        "不锈钢杯,0",
        "七天无理由,0",
        "I don't want it,1",
        "can I not return it,1",
        "no invoice,1"
    })
    void counts_how_often_something_is_denied(String text, int times) {
        assertThat(Terms.of(text).negations()).isEqualTo(times);
    }

    @ParameterizedTest
    @CsvSource({"七天无理由,7", "7天无理由,7", "十五天,15", "seven days,7", "订单 SL-2026001,sl-2026001", "二十五天内,25"})
    void reads_numbers_however_they_are_written(String text, String number) {
        assertThat(Terms.of(text).numbers()).containsExactly(number);
    }

    @Test
    void one_is_not_a_number_where_it_is_only_a_word() {
        assertThat(Terms.of("问一下，一般怎么退这个一件").numbers()).isEmpty();
    }

    @Test
    void very_long_texts_are_cut() {
        assertThat(Terms.of("哈".repeat(100_000)).all()).hasSizeLessThan(10_000);
    }
}
