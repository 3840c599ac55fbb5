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

    /** What the translator was lent, if it asks a service. */
    default FakeHttp http() {
        return new FakeHttp();
    }

    @Test
    default void translates_what_it_knows() {
        assertThat(questions().translates()).contains(from() + " → " + to());
    }

    @Test
    default void gives_as_many_texts_as_it_got_in_their_order() {
        questions().keepsOrder();
    }

    @Test
    default void keeps_placeholders_and_web_addresses_as_they_are() {
        questions().keepsPlaceholders();
    }

    @Test
    default void says_when_it_does_not_know_a_language() {
        assertThat(translator().translate(List.of("one"), from(), unknown(), Map.of()))
                .isEqualTo(new Translation.NotThisPair());
        questions().saysWhatItDoesNotKnow();
    }

    @Test
    default void has_an_answer_for_odd_texts() {
        questions().oddTexts();
    }

    @Test
    default void gives_the_same_to_many_who_ask_at_once() {
        questions().sameAtOnce();
    }

    @Test
    default void has_an_answer_when_its_service_is_away() {
        questions().serviceAway();
    }

    @Test
    default void ends_when_it_is_interrupted_and_closes() throws InterruptedException {
        questions().endsAndCloses();
    }

    private TranslatorQuestions questions() {
        return new TranslatorQuestions(translator(), http(), from(), to(), unknown());
    }
}
