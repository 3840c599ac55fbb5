package io.kefuhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionTest {
    private static final Map<Language, String> TITLES = Map.of(Language.EN, "Shout", Language.ZH_CN, "大写");

    @ParameterizedTest
    @ValueSource(strings = {"", "Shout", "1shout", "sh out", "shout/..", "über"})
    void an_id_is_lower_case_letters_digits_and_hyphens(String id) {
        assertThatThrownBy(() -> new Description(id, TITLES, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_english_title_is_required_and_stands_in_for_others() {
        assertThatThrownBy(() -> new Description("shout", Map.of(Language.ZH_CN, "大写"), List.of()))
                .hasMessageContaining("English title");

        var description = new Description("shout", TITLES, List.of());
        assertThat(description.title(Language.ZH_CN)).isEqualTo("大写");
        assertThat(description.title(new Language("de"))).isEqualTo("Shout");
    }

    @Test
    void a_setting_is_named_once() {
        var setting = SettingSpec.text("locale", "Locale");

        assertThatThrownBy(() -> new Description("shout", TITLES, List.of(setting, setting.optional())))
                .hasMessage("setting named twice: locale");
    }

    @Test
    void what_it_was_made_of_may_change_afterwards() {
        var titles = new HashMap<>(TITLES);
        var description = new Description("shout", titles, List.of());

        titles.clear();

        assertThat(description.title(Language.EN)).isEqualTo("Shout");
    }

    @Test
    void a_setting_needs_a_proper_key_and_a_choice_its_choices() {
        assertThatThrownBy(() -> SettingSpec.text("Key", "Key")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SettingSpec.choice("mode", "Mode", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_setting_is_built_without_changing_the_one_before() {
        var plain = SettingSpec.text("locale", "Locale");

        var full = plain.withLabel(Language.ZH_CN, "语言")
                .withHelp(Language.EN, "Of the letters.")
                .withDefault("en");

        assertThat(plain.required()).isTrue();
        assertThat(full.required()).isFalse();
        assertThat(full.labels()).containsEntry(Language.ZH_CN, "语言").containsEntry(Language.EN, "Locale");
    }
}
