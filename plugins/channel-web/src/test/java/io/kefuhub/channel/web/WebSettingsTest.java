package io.kefuhub.channel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSettingsTest {
    @Test
    void nothing_needs_to_be_set() {
        var settings = WebSettings.of(Settings.of(Map.of()));

        assertThat(settings.allowedOrigins()).isEmpty();
        assertThat(settings.limits().text()).isEqualTo(4_000);
    }

    @ParameterizedTest
    @CsvSource({
        "color, red",
        "color, #12345",
        "allowed-origins, shop.example",
        "allowed-origins, https://shop.example/path",
        "allowed-origins, https://shop.example;script-src *",
        "allowed-origins, *",
        "text-limit, 0",
        "connections, many",
        "user-hash, maybe",
        "words, send = Go",
        "words, xx.send = Go",
        "words, en.sent-it = Go",
        "words, en.send ="
    })
    void a_wrong_value_names_its_key(String key, String value) {
        var thrown =
                catchThrowableOfType(SettingsException.class, () -> WebSettings.of(Settings.of(Map.of(key, value))));

        assertThat(thrown.key()).isEqualTo(key);
        assertThat(thrown).hasMessageNotContaining(value + ";");
    }

    @Test
    void words_of_the_chat_and_of_its_button_are_known_in_every_language_it_speaks() {
        var usual = OwnWords.usual();

        assertThat(usual.keySet().stream().map(Language::tag))
                .containsExactly("zh-CN", "zh-TW", "en", "ja", "ko", "es", "ar", "de", "fr", "pt", "ru", "th", "vi");
        assertThat(usual)
                .hasEntrySatisfying(
                        Language.EN,
                        texts -> assertThat(texts)
                                .containsEntry("buttonOpen", "Open the chat")
                                .containsEntry("send", "Send"));
        assertThat(usual.values().stream()
                        .map(texts -> List.copyOf(texts.keySet()))
                        .distinct())
                .as("names, in their order")
                .hasSize(1);
    }

    @Test
    void every_setting_is_labelled_in_both_languages() {
        assertThat(new WebChannelFactory().description().settings())
                .allSatisfy(spec -> assertThat(spec.labels()).containsKeys(Language.EN, Language.ZH_CN));
    }
}
