package io.kefuhub.channel.wecom.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BotSettingsTest {
    private static final Map<String, String> WEBHOOK =
            Map.of("mode", "webhook", "token", "t", "aes-key", PlayedCaller.AES_KEY);

    @Test
    void a_key_that_is_none_is_named_and_not_shown() {
        for (var key : new String[] {"short", PlayedCaller.AES_KEY + "=", "x".repeat(42) + "!"}) {
            assertThatThrownBy(() -> BotSettings.of(Settings.of(with(WEBHOOK, "aes-key", key))))
                    .isInstanceOfSatisfying(SettingsException.class, e -> {
                        assertThat(e.key()).isEqualTo("aes-key");
                        assertThat(e).hasMessageContaining("43").hasMessageNotContaining(key);
                    });
        }
    }

    @Test
    void each_way_needs_only_what_is_its_own() {
        var connected = Map.of("bot-id", "b", "bot-secret", "s");

        assertThat(BotSettings.of(Settings.of(WEBHOOK)).way()).isInstanceOf(BotSettings.Way.Called.class);
        assertThat(BotSettings.of(Settings.of(connected)).way())
                .isInstanceOfSatisfying(
                        BotSettings.Way.Connected.class,
                        way -> assertThat(way.socket()).isEqualTo(URI.create("wss://openws.work.weixin.qq.com")));
        assertThatThrownBy(() -> BotSettings.of(Settings.of(Map.of("bot-id", "b"))))
                .isInstanceOfSatisfying(
                        SettingsException.class, e -> assertThat(e.key()).isEqualTo("bot-secret"));
    }

    @Test
    void blanks_around_what_was_copied_do_no_harm() {
        var copied = with(WEBHOOK, "aes-key", " " + PlayedCaller.AES_KEY + "\n");

        assertThat(BotSettings.of(Settings.of(copied)).way()).isInstanceOf(BotSettings.Way.Called.class);
    }

    @Test
    void every_setting_is_explained_in_both_languages() {
        assertThat(BotSettings.SPECS).allSatisfy(spec -> {
            assertThat(spec.labels()).as(spec.key()).containsKeys(Language.EN, Language.ZH_CN);
            assertThat(spec.help()).as(spec.key()).containsKeys(Language.EN, Language.ZH_CN);
        });
    }

    @Test
    void secrets_stand_in_no_text() {
        var settings = BotSettings.of(Settings.of(Map.of("bot-id", "b", "bot-secret", "very secret")));

        assertThat(settings.toString()).doesNotContain("very secret");
        assertThat(new Piece.Media("image", "https://secret", "key").toString()).doesNotContain("secret", "key");
        assertThat(new Openings.Opening("s", "https://secret", Instant.EPOCH).toString())
                .doesNotContain("secret");
    }

    private static Map<String, String> with(Map<String, String> values, String key, String value) {
        var changed = new HashMap<>(values);
        changed.put(key, value);
        return changed;
    }
}
