package io.kefuhub.core;

import io.kefuhub.api.Settings;
import io.kefuhub.core.config.SecretBox;
import io.kefuhub.core.conversation.ChannelInstance;
import java.util.HashMap;
import java.util.Map;

/** Opens and seals the settings of channel instances: what is secret is sealed where it is kept. Safe for threads. */
final class ChannelSettings {
    private static final String SEALED = "sealed:";

    private final SecretBox secrets;

    ChannelSettings(SecretBox secrets) {
        this.secrets = secrets;
    }

    /** Returns the settings as the channel reads them. */
    Settings open(ChannelInstance instance) {
        return Settings.of(opened(instance));
    }

    /** Returns the settings in plain text. */
    Map<String, String> opened(ChannelInstance instance) {
        var open = new HashMap<String, String>();
        instance.settings()
                .forEach((key, value) -> open.put(
                        key,
                        value.startsWith(SEALED)
                                ? secrets.open(place(instance.key(), key), value.substring(SEALED.length()))
                                : value));
        return open;
    }

    /** Returns a secret value as it is kept. */
    String seal(String instance, String key, String value) {
        return SEALED + secrets.seal(place(instance, key), value);
    }

    private static String place(String instance, String key) {
        return "channel/" + instance + "/" + key;
    }
}
