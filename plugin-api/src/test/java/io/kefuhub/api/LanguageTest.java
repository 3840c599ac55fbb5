package io.kefuhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LanguageTest {
    @Test
    void tags_are_brought_to_one_form() {
        assertThat(new Language("ZH-cn")).isEqualTo(Language.ZH_CN);
        assertThat(new Language("zh-Hans-CN").isChinese()).isTrue();
        assertThat(Language.EN.isChinese()).isFalse();
    }

    @Test
    void what_is_no_tag_is_refused() {
        assertThatThrownBy(() -> new Language(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Language("!")).isInstanceOf(IllegalArgumentException.class);
    }
}
