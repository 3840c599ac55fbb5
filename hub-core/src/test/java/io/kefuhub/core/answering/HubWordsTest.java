package io.kefuhub.core.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.core.answering.knowledge.Languages;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the hub says to customers in each of its languages. */
class HubWordsTest {
    private static final Pattern HOLE = Pattern.compile("\\{\\w+}|%s");

    static Stream<String> languages() {
        return HubWords.LANGUAGES.stream();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void a_language_has_every_sentence_and_none_besides_and_the_same_holes(String tag) throws IOException {
        try (var in = HubWords.class.getResourceAsStream("/sentences/" + tag + ".json")) {
            var texts = Json.tree(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
            var keys = new ArrayList<String>();
            texts.fieldNames().forEachRemaining(keys::add);
            assertThat(keys)
                    .containsExactlyElementsOf(
                            Arrays.stream(HubWords.values()).map(HubWords::key).toList());
        }
        for (var what : HubWords.values()) {
            var words = what.in(new Language(tag));
            assertThat(words).isNotBlank();
            assertThat(holes(words)).isEqualTo(holes(what.in(Language.EN)));
            if (!tag.equals("en")) assertThat(words).isNotEqualTo(what.in(Language.EN));
        }
    }

    private static List<String> holes(String text) {
        return HOLE.matcher(text).results().map(found -> found.group()).sorted().toList();
    }

    @Test
    void no_two_languages_say_it_in_the_same_words() {
        var all = new HashSet<String>();
        for (var tag : HubWords.LANGUAGES)
            assertThat(all.add(HubWords.HANDED_OVER.in(new Language(tag))))
                    .as(tag)
                    .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "zh, zh-CN",
        "zh-SG, zh-CN",
        "zh-HK, zh-TW",
        "zh-Hant, zh-TW",
        "en-GB, en",
        "pt-BR, pt",
        "ar-EG, ar",
        "sw, en",
        "vi, vi"
    })
    void somebody_is_told_things_in_the_nearest_language_there_is(String tag, String spoken) {
        assertThat(HubWords.spoken(new Language(tag))).isEqualTo(spoken);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void what_a_button_says_for_a_person_is_understood_when_it_comes_back(String tag) {
        assertThat(AskForPerson.in(HubWords.TALK_TO_PERSON.in(new Language(tag))))
                .isTrue();
        assertThat(AskForPerson.in(HubWords.MENU_PERSON.in(new Language(tag)))).isTrue();
    }

    @Test
    void thai_is_told_by_its_letters() {
        assertThat(Languages.of("สวัสดี ส่งของเมื่อไหร่")).contains(new Language("th"));
    }
}
