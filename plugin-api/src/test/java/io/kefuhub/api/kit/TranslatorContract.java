package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.api.translate.Translator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every translator must do, whoever wrote it. Implement it in your plugin's tests. */
public interface TranslatorContract {
    Translator translator();

    /** A language it knows. */
    Language from();

    /** Another one it knows. */
    Language to();

    /** One it does not know. */
    Language unknown();

    @Test
    default void gives_as_many_texts_as_it_got() {
        assertThat(translate(translator(), List.of("one", "two", "three"), to()))
                .isInstanceOfSatisfying(
                        Translation.Translated.class,
                        translated -> assertThat(translated.texts())
                                .hasSize(3)
                                .allSatisfy(text -> assertThat(text).isNotBlank()));
    }

    @Test
    default void says_when_it_does_not_know_a_language() {
        assertThat(translate(translator(), List.of("one"), unknown())).isEqualTo(new Translation.NotThisPair());
    }

    @Test
    default void has_an_answer_for_odd_texts() {
        for (var message : Messages.odd()) {
            if (message.text().isBlank()) continue;
            assertThat(translate(translator(), List.of(message.text()), to())).isNotNull();
        }
    }

    @Test
    default void closes() {
        translator().close();
    }

    private Translation translate(Translator translator, List<String> texts, Language to) {
        return translator.translate(texts, from(), to, Map.of());
    }
}
