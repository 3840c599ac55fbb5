package io.kefuhub.core.plugin.life;

import io.kefuhub.api.Description;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.core.config.SecretBox;
import io.kefuhub.core.plugin.Kind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Opens and seals the settings of instances: what is secret is sealed where it is kept. Safe for threads. */
public final class SealedSettings {
    private static final String SEALED = "sealed:";

    private final SecretBox secrets;

    public SealedSettings(SecretBox secrets) {
        this.secrets = secrets;
    }

    /** Returns the settings in plain text. */
    public Map<String, String> open(Kind kind, String instance, Map<String, String> kept) {
        var open = new HashMap<String, String>();
        kept.forEach((key, value) -> open.put(
                key,
                value.startsWith(SEALED)
                        ? secrets.open(place(kind, instance, key), value.substring(SEALED.length()))
                        : value));
        return open;
    }

    /**
     * Returns the settings as they are kept.
     *
     * @param description says what is secret; while nobody can say, everything is
     */
    public Map<String, String> seal(
            Kind kind, String instance, Map<String, String> plain, Optional<Description> description) {
        var sealed = new HashMap<String, String>();
        plain.forEach((key, value) -> sealed.put(
                key, isSecret(description, key) ? SEALED + secrets.seal(place(kind, instance, key), value) : value));
        return sealed;
    }

    /** Whether a setting is never shown again. */
    static boolean isSecret(Optional<Description> description, String key) {
        return description
                .map(known -> known.settings().stream()
                        .anyMatch(spec -> spec.key().equals(key) && spec.type() == SettingSpec.Type.SECRET))
                .orElse(true);
    }

    private static String place(Kind kind, String instance, String key) {
        return kind.name().toLowerCase(Locale.ROOT) + "/" + instance + "/" + key;
    }
}
