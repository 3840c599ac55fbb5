package io.kefuhub.core;

import io.kefuhub.core.admin.Settings;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.provisioning.DeclaredChannels;
import io.kefuhub.core.provisioning.DeclaredSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** Joins what files declare to the rooms that keep it. */
final class Declared {
    private Declared() {}

    /** @param secret whether a setting of a contribution is kept sealed */
    static DeclaredChannels.Secrets secrets(ChannelSettings settings, BiPredicate<String, String> secret) {
        return new DeclaredChannels.Secrets() {
            @Override
            public ChannelInstance seal(ChannelInstance plain) {
                var sealed = new HashMap<String, String>();
                plain.settings()
                        .forEach((key, value) -> sealed.put(
                                key,
                                secret.test(plain.contribution(), key)
                                        ? settings.seal(plain.key(), key, value)
                                        : value));
                return with(plain, sealed);
            }

            @Override
            public ChannelInstance open(ChannelInstance stored) {
                return with(stored, settings.opened(stored));
            }
        };
    }

    static DeclaredSettings.Keeper settings(Settings settings) {
        return new DeclaredSettings.Keeper() {
            @Override
            public Set<String> files() {
                return settings.file().map(Set::of).orElse(Set.of());
            }

            @Override
            public void declare(String file, Map<String, String> declared) {
                if (declared.isEmpty()) {
                    settings.release(file);
                    return;
                }
                var now = settings.now();
                settings.declare(
                        file,
                        new Settings.Values(
                                declared.getOrDefault("organisation", now.organisation()),
                                Optional.ofNullable(declared.get("publicAddress"))
                                        .or(now::publicAddress),
                                declared.getOrDefault("language", now.language()),
                                Optional.ofNullable(declared.get("sound"))
                                        .map(Boolean::valueOf)
                                        .orElse(now.sound())));
            }
        };
    }

    private static ChannelInstance with(ChannelInstance instance, Map<String, String> settings) {
        return new ChannelInstance(
                instance.id(),
                instance.key(),
                instance.title(),
                instance.contribution(),
                instance.desk(),
                settings,
                instance.enabled(),
                instance.managedBy());
    }
}
