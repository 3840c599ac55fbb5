package io.kefuhub.core.answering.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "怎么退货|zh-CN",
                "我的 iPhone 13 Pro Max 什么时候发货|zh-CN",
                "怎么申请 refund|zh-CN",
                "how do I return an item?|en",
                "where can I buy 普洱 tea in your shop|en",
                "返品はどうすればいいですか|ja",
                "반품은 어떻게 하나요|ko",
                "Как вернуть товар?|ru",
                "كيف أعيد المنتج|ar"
            })
    void tells_the_language_by_its_script(String text, String tag) {
        assertThat(Languages.of(text)).contains(new Language(tag));
    }

    @Test
    void a_number_or_a_picture_tells_nothing() {
        assertThat(Languages.of("12345 😀 ?")).isEmpty();
        assertThat(Languages.of("")).isEmpty();
    }
}
