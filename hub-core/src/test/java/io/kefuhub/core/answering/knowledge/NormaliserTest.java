package io.kefuhub.core.answering.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormaliserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "你好，请问怎么退货呀？？？|怎么退货",
                "亲，在吗？我想问一下怎么退货呢～|怎么退货",
                "怎么退货😭😭 谢谢|怎么退货",
                "麻烦问一下，怎么退货吗|怎么退货",
                "Hi there! How do I return an item, please?|how do i return an item",
                "Could you tell me how long delivery takes? Thanks a lot!|how long delivery takes",
                "ＨＯＷ　ｍｕｃｈ   is shipping|how much is shipping",
                "有\u200B发票吗|有发票",
            })
    void strips_what_says_nothing(String asked, String bare) {
        assertThat(Normaliser.normal(asked)).isEqualTo(bare);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7天|7天",
                "不能退货吗|不能退货",
                "没有收到货|没有收到货",
                "这是什么|这是什么",
                "你在干嘛|你在干嘛",
                "-5℃ 的睡袋|-5°c 的睡袋",
                "SKU-88/A 还有 3.5kg 的吗|sku-88/a 还有 3.5kg 的",
                "满 100% 返|满 100% 返",
                "hiking boots|hiking boots",
                "I can't pay|i can't pay",
            })
    void keeps_digits_negations_units_codes_and_words_that_only_look_like_particles(String asked, String bare) {
        assertThat(Normaliser.normal(asked)).isEqualTo(bare);
    }

    @ParameterizedTest
    @CsvSource({"你好,你好", "谢谢！,谢谢", "Hello!,hello", "thanks,thanks"})
    void a_greeting_alone_stays_a_greeting(String asked, String bare) {
        assertThat(Normaliser.normal(asked)).isEqualTo(bare);
    }

    @ParameterizedTest
    @CsvSource({"'???','?'", "'  ',''", "😀,''"})
    void survives_questions_without_words(String asked, String bare) {
        assertThat(Normaliser.normal(asked)).isEqualTo(bare);
    }
}
