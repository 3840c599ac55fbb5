package io.kefuhub.core.intake;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Looks up channels: which instances there are, and which generation serves one now. Safe for threads. */
public final class ServingChannels {
    private final Contributions contributions;
    private final Guard guard;
    private final Map<ChannelId, Abilities> abilities = new ConcurrentHashMap<>();
    private volatile Map<ChannelId, ChannelInstance> known = Map.of();

    public ServingChannels(Contributions contributions, Guard guard) {
        this.contributions = contributions;
        this.guard = guard;
    }

    void know(List<ChannelInstance> instances) {
        known = instances.stream().collect(Collectors.toUnmodifiableMap(ChannelInstance::id, instance -> instance));
    }

    public List<ChannelInstance> all() {
        return List.copyOf(known.values());
    }

    public Optional<ChannelInstance> instance(ChannelId id) {
        return Optional.ofNullable(known.get(id));
    }

    public Optional<ChannelInstance> instance(String key) {
        return known.values().stream()
                .filter(instance -> instance.key().equals(key))
                .findFirst();
    }

    public Optional<Slot<Channel>> serving(ChannelId id) {
        return instance(id).flatMap(instance -> contributions.channel(instance.key()));
    }

    /** How a channel sends; what one that does not serve now said last, and empty if it never said. */
    public Optional<Abilities> abilities(ChannelId id) {
        var now = serving(id).flatMap(slot -> guard.abilities(slot).answer());
        if (now.isEmpty()) return Optional.ofNullable(abilities.get(id));
        if (abilities.get(id) != now.get()) abilities.put(id, now.get());
        return now;
    }
}
