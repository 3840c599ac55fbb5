package io.kefuhub.channel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
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
    void words_of_the_chat_window_have_the_names_that_the_widget_has_for_them() throws Exception {
        var texts = Files.readString(Path.of("widget/src/words/texts/en.ts"));

        assertThat(Pattern.compile("(?m)^ {2}(\\w+):").matcher(texts).results().map(name -> name.group(1)))
                .containsExactlyInAnyOrderElementsOf(WidgetWords.NAMES);
    }

    @Test
    void every_setting_is_labelled_in_both_languages() {
        assertThat(new WebChannelFactory().description().settings())
                .allSatisfy(spec -> assertThat(spec.labels()).containsKeys(Language.EN, Language.ZH_CN));
    }
}
