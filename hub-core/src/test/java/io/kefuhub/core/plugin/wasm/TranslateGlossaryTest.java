package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.kit.TranslatorContract;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.api.translate.Translator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TranslateGlossaryTest implements TranslatorContract {
    private static final LiveModule MODULE = Examples.live("translate-glossary");

    @Override
    public Translator translator() {
        return new WasmTranslatorFactory(MODULE, new WasmFilters())
                .create(Settings.of(Map.of()), new FakeContext("test"));
    }

    @Override
    public Language from() {
        return Language.ZH_CN;
    }

    @Override
    public Language to() {
        return Language.EN;
    }

    @Override
    public Language unknown() {
        return new Language("fr");
    }

    @Test
    void listed_words_are_translated_both_ways() {
        assertThat(translator().translate(List.of("你好", "退货 😀"), from(), to(), Map.of()))
                .isEqualTo(new Translation.Translated(List.of("hello", "return 😀")));
        assertThat(translator().translate(List.of("parcel"), to(), from(), Map.of()))
                .isEqualTo(new Translation.Translated(List.of("快递")));
    }
}
