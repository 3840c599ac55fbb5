package io.kefuhub.core.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.core.conversation.DeskId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationCacheTest {
    private final TranslationCache cache = new TranslationCache();
    private final DeskId desk = new DeskId(UUID.randomUUID());

    @Test
    void what_is_said_again_is_known_until_anything_it_depends_on_changes() {
        cache.keep(key("1.0.0", 1, 1, "请稍等"), "One moment");

        assertThat(cache.find(key("1.0.0", 1, 1, " 请稍等 "))).contains("One moment");
        assertThat(cache.find(key("1.0.1", 1, 1, "请稍等"))).isEmpty();
        assertThat(cache.find(key("1.0.0", 2, 1, "请稍等"))).isEmpty();
        assertThat(cache.find(key("1.0.0", 1, 2, "请稍等"))).isEmpty();
        assertThat(cache.find(key("1.0.0", 1, 1, "请稍等。"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "我的电话是 13800138000",
                "电话 138 0013 8000",
                "a@b.example",
                "看 https://shop.example/u/anna",
                "找 [name-1]",
                "1234"
            })
    void what_may_be_personal_is_not_kept(String text) {
        cache.keep(key("1.0.0", 1, 1, text), "something");

        assertThat(cache.find(key("1.0.0", 1, 1, text))).isEmpty();
    }

    private TranslationCache.Key key(String version, long generation, long rules, String text) {
        return new TranslationCache.Key("t", version, generation, desk, rules, Language.ZH_CN, Language.EN, text);
    }
}
