package io.kefuhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final SettingSpec NAME = SettingSpec.text("name", "Name");
    private static final SettingSpec TOKEN = SettingSpec.secret("token", "Token");
    private static final SettingSpec MOST = SettingSpec.number("most", "Most");
    private static final SettingSpec PAUSE = SettingSpec.duration("pause", "Pause");
    private static final SettingSpec MODE = SettingSpec.choice("mode", "Mode", List.of("fast", "safe"));
    private static final SettingSpec WORDS = SettingSpec.list("words", "Words");
    private static final SettingSpec TEXTS = SettingSpec.texts("texts", "Texts", usualTexts());
    private static final SettingSpec ON = SettingSpec.flag("on", "On");

    @Test
    void a_missing_value_names_the_key() {
        assertThatThrownBy(() -> settings().text(NAME)).isInstanceOfSatisfying(SettingsException.class, e -> {
            assertThat(e.key()).isEqualTo("name");
            assertThat(e).hasMessage("name: a value is required");
            assertThat(e.expected().in(Language.ZH_CN)).isEqualTo("此项必填。");
        });
    }

    @Test
    void a_blank_value_is_a_missing_one() {
        assertThatThrownBy(() -> settings("name", "  ").text(NAME)).isInstanceOf(SettingsException.class);
        assertThat(settings("name", " ").text(NAME.withDefault("Anna"))).isEqualTo("Anna");
    }

    @Test
    void an_optional_setting_may_be_absent() {
        assertThat(settings().find(NAME.optional())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"30s,PT30S", "5m,PT5M", "2h,PT2H", "7d,PT168H", "250ms,PT0.25S", "PT1M30S,PT1M30S", "' 3 s ',PT3S"})
    void durations_are_written_short_or_long(String text, Duration expected) {
        assertThat(settings("pause", text).duration(PAUSE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "5", "1w", "-", "99999999999s"})
    void what_is_no_duration_is_refused(String text) {
        assertThatThrownBy(() -> settings("pause", text).duration(PAUSE)).isInstanceOf(SettingsException.class);
    }

    @Test
    void a_number_outside_its_bounds_is_refused() {
        assertThat(settings("most", "10").number(MOST, 1, 10)).isEqualTo(10);
        assertThatThrownBy(() -> settings("most", "11").number(MOST, 1, 10))
                .hasMessage("most: a number from 1 to 10 is expected");
        assertThatThrownBy(() -> settings("most", "ten").number(MOST, 1, 10)).isInstanceOf(SettingsException.class);
    }

    @Test
    void a_choice_is_one_of_those_offered() {
        assertThat(settings("mode", "safe").text(MODE)).isEqualTo("safe");
        assertThatThrownBy(() -> settings("mode", "reckless").text(MODE))
                .hasMessage("mode: choose one of [fast, safe]");
    }

    @Test
    void a_list_is_lines_without_the_blank_ones() {
        assertThat(settings("words", " one \n\n two\r\n").list(WORDS)).containsExactly("one", "two");
        assertThat(settings().list(WORDS)).isEmpty();
    }

    @Test
    void texts_are_lines_by_language_and_name() {
        var lines = "en.title = Ask us\n\n zh-CN.title：问我们\r\nen.title=Ask = more \n";

        assertThat(settings("texts", lines).texts(TEXTS))
                .isEqualTo(Map.of(Language.EN, Map.of("title", "Ask = more"), Language.ZH_CN, Map.of("title", "问我们")));
        assertThat(settings().texts(TEXTS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "title = Ask, 'line 2: one such as en.title = Ask us is expected', '第 2 行：应写成类似 zh-CN.title = 在线咨询 的一行。'",
        "en.title =, 'line 2: one such as en.title = Ask us is expected', '第 2 行：应写成类似 zh-CN.title = 在线咨询 的一行。'",
        "xx.title = Ask, 'line 2: the language is none of en, zh-CN', '第 2 行：语言应为以下之一：en, zh-CN。'",
        "en.lead = Ask, 'line 2: the name is none of title, send', '第 2 行：名称应为以下之一：title, send。'"
    })
    void a_text_that_is_none_of_the_usual_is_refused_with_its_line(String line, String english, String chinese) {
        assertThatThrownBy(() -> settings("texts", "en.send = Go\n" + line).texts(TEXTS))
                .isInstanceOfSatisfying(SettingsException.class, e -> {
                    assertThat(e.expected().in(Language.EN)).isEqualTo(english);
                    assertThat(e.expected().in(Language.ZH_CN)).isEqualTo(chinese);
                });
    }

    @Test
    void a_text_has_200_characters_at_most() {
        assertThat(settings("texts", "en.send = " + "o".repeat(200)).texts(TEXTS))
                .hasSize(1);
        assertThatThrownBy(
                        () -> settings("texts", "en.send = " + "o".repeat(201)).texts(TEXTS))
                .hasMessage("texts: line 1: words may have 200 characters");
    }

    @Test
    void a_flag_is_true_or_false_and_nothing_else() {
        assertThat(settings("on", "true").flag(ON)).isTrue();
        assertThatThrownBy(() -> settings("on", "yes").flag(ON)).isInstanceOf(SettingsException.class);
    }

    @Test
    void no_value_reaches_a_log_or_a_message() {
        var settings = settings("token", "s3cret");

        assertThat(settings.toString()).doesNotContain("s3cret").contains("token");
        assertThatThrownBy(() -> settings.number(TOKEN))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    private static Map<Language, Map<String, String>> usualTexts() {
        var usual = new LinkedHashMap<Language, Map<String, String>>();
        usual.put(Language.EN, new LinkedHashMap<>(Map.of("title", "Ask")));
        usual.get(Language.EN).put("send", "Send");
        usual.put(Language.ZH_CN, Map.of("title", "咨询"));
        return usual;
    }

    private static Settings settings(String... pairs) {
        return Settings.of(pairs.length == 0 ? Map.of() : Map.of(pairs[0], pairs[1]));
    }
}
