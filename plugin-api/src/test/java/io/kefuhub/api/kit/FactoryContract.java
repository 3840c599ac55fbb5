package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every factory must do, whatever it makes. Implement it in your plugin's tests. */
public interface FactoryContract {
    Contribution factory();

    /** Values with which an instance works, by key. */
    Map<String, String> values();

    /** Makes an instance as the hub would: {@code factory.create(settings, context)}. */
    AutoCloseable create(Settings settings);

    @Test
    default void describes_itself_the_same_every_time() {
        var description = factory().description();

        assertThat(factory().description()).isEqualTo(description);
        assertThat(description.title(Language.EN)).isNotBlank();
    }

    @Test
    default void makes_an_instance_from_good_settings_and_closes_it() throws Exception {
        create(Settings.of(values())).close();
    }

    @Test
    default void makes_two_instances_that_know_nothing_of_each_other() throws Exception {
        try (var first = create(Settings.of(values()));
                var second = create(Settings.of(values()))) {
            assertThat(first).isNotSameAs(second);
        }
    }

    @Test
    default void names_the_key_of_a_required_setting_that_is_missing() {
        for (var setting : factory().description().settings()) {
            if (!setting.required() || setting.defaultValue().isPresent() || !isAsked(setting)) continue;
            var without = new HashMap<>(values());
            without.remove(setting.key());
            assertThatThrownBy(() -> create(Settings.of(without)), "made without " + setting.key())
                    .isInstanceOfSatisfying(
                            SettingsException.class, e -> assertThat(e.key()).isEqualTo(setting.key()));
        }
    }

    @Test
    default void names_the_key_of_a_setting_that_cannot_be_read() {
        for (var setting : factory().description().settings()) {
            if (!isAsked(setting)) continue;
            if (setting.type() == SettingSpec.Type.NUMBER
                    || setting.type() == SettingSpec.Type.DURATION
                    || setting.type() == SettingSpec.Type.CHOICE
                    || setting.type() == SettingSpec.Type.FLAG
                    || setting.type() == SettingSpec.Type.ADDRESS) {
                var wrong = new HashMap<>(values());
                wrong.put(setting.key(), "¿que?");
                assertThatThrownBy(() -> create(Settings.of(wrong)), "made with a wrong " + setting.key())
                        .isInstanceOfSatisfying(
                                SettingsException.class,
                                e -> assertThat(e.key()).isEqualTo(setting.key()));
            }
        }
    }

    private boolean isAsked(SettingSpec setting) {
        return setting.onlyWhen()
                .map(when -> when.value().equals(values().get(when.key())))
                .orElse(true);
    }
}
