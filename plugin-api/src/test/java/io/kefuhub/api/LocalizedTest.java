package io.kefuhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.channel.Delivered;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalizedTest {
    private static final Language CANTONESE = new Language("zh-HK");
    private static final Language FRENCH = new Language("fr");

    @Test
    void a_reader_gets_the_nearest_language_there_is() {
        var text = Localized.of("gone", "已不存在").with(FRENCH, "disparu");

        assertThat(text.in(Language.ZH_CN)).isEqualTo("已不存在");
        assertThat(text.in(CANTONESE)).isEqualTo("已不存在");
        assertThat(text.in(FRENCH)).isEqualTo("disparu");
        assertThat(text.in(new Language("de"))).isEqualTo("gone");
        assertThat(text).hasToString("gone");
        assertThat(Localized.of("gone").in(Language.ZH_CN)).isEqualTo("gone");
    }

    @Test
    void every_language_is_changed_alike() {
        assertThat(Localized.of("gone", "已不存在").map(text -> "key: " + text))
                .isEqualTo(Localized.of("key: gone", "key: 已不存在"));
    }

    @Test
    void without_english_there_is_nothing_to_fall_back_to() {
        assertThatThrownBy(() -> new Localized(Map.of(Language.ZH_CN, "已不存在")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_plain_text_is_a_reason_in_english() {
        assertThat(new Delivered.Undeliverable("gone")).isEqualTo(new Delivered.Undeliverable(Localized.of("gone")));
        assertThat(new CheckResult.Problem("key", "wrong").text()).hasToString("wrong");
    }

    @Test
    void choices_read_as_their_labels_and_a_label_needs_its_choice() {
        var mode = SettingSpec.choice("mode", "Mode", List.of("fast", "safe"))
                .withChoiceLabel("fast", Localized.of("Quick", "快"))
                .withHelp(Language.EN, "How.")
                .withDefault("safe")
                .optional()
                .onlyWhen(SettingSpec.flag("on", "On"), "true");

        assertThat(mode.choiceLabels()).isEqualTo(Map.of("fast", Localized.of("Quick", "快")));
        assertThatThrownBy(() -> mode.withChoiceLabel("slow", Localized.of("Slow")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mode");
    }
}
