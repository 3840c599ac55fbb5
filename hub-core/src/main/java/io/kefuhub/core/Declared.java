package io.kefuhub.core;

import io.kefuhub.core.admin.Settings;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.life.InstanceSpec;
import io.kefuhub.core.plugin.life.SealedSettings;
import io.kefuhub.core.provisioning.DeclaredChannels;
import io.kefuhub.core.provisioning.DeclaredInstances;
import io.kefuhub.core.provisioning.DeclaredSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Joins what files declare to the rooms that keep it. */
final class Declared {
    private Declared() {}

    static DeclaredChannels.Secrets secrets(SealedSettings settings, Contributions contributions) {
        return new DeclaredChannels.Secrets() {
            @Override
            public ChannelInstance seal(ChannelInstance plain) {
                var description = contributions
                        .now()
                        .offer(Kind.CHANNEL, plain.contribution())
                        .map(offer -> offer.description());
                return with(plain, settings.seal(Kind.CHANNEL, plain.key(), plain.settings(), description));
            }

            @Override
            public ChannelInstance open(ChannelInstance stored) {
                return with(stored, settings.open(Kind.CHANNEL, stored.key(), stored.settings()));
            }
        };
    }

    static DeclaredInstances.Secrets instanceSecrets(SealedSettings settings, Contributions contributions) {
        return new DeclaredInstances.Secrets() {
            @Override
            public InstanceSpec seal(InstanceSpec plain) {
                var description = contributions
                        .now()
                        .offer(plain.kind(), plain.contribution())
                        .map(offer -> offer.description());
                return plain.withSettings(settings.seal(plain.kind(), plain.key(), plain.settings(), description));
            }

            @Override
            public InstanceSpec open(InstanceSpec stored) {
                return stored.withSettings(settings.open(stored.kind(), stored.key(), stored.settings()));
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
                                        .orElse(now.sound()),
                                Optional.ofNullable(declared.get("draftAlias")).or(now::draftAlias),
                                Optional.ofNullable(declared.get("agentsReview"))
                                        .map(Boolean::valueOf)
                                        .or(now::agentsReview)));
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
