package io.kefuhub.core;

import io.kefuhub.core.answering.Customers;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.conversation.Desks;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.intake.ServingChannels;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What desks and channels are called, from memory. Safe for threads; read again when they change. */
final class Names {
    private final Database database;
    private final ServingChannels channels;
    private final Desks store = new Desks();
    private volatile Map<DeskId, Desk> desks = Map.of();

    Names(Database database, ServingChannels channels) {
        this.database = database;
        this.channels = channels;
        refresh();
    }

    void refresh() {
        desks = database.read(store::all).stream().collect(Collectors.toUnmodifiableMap(Desk::id, Function.identity()));
    }

    /** The ids of the desks by their keys, in the keys' order. */
    LinkedHashMap<String, UUID> ids() {
        var ids = new LinkedHashMap<String, UUID>();
        desks.values().stream()
                .sorted(Comparator.comparing(Desk::key))
                .forEach(desk -> ids.put(desk.key(), desk.id().value()));
        return ids;
    }

    /** The keys of all channels. */
    Set<String> channels() {
        return channels.all().stream().map(ChannelInstance::key).collect(Collectors.toUnmodifiableSet());
    }

    Optional<UUID> deskId(String key) {
        return Optional.ofNullable(ids().get(key));
    }

    Optional<Desk> desk(DeskId id) {
        return Optional.ofNullable(desks.get(id));
    }

    Customers.Names of(Conversation.Place place) {
        return new Customers.Names(
                desk(place.desk()).map(Desk::key).orElse(""),
                channels.instance(place.channel()).map(ChannelInstance::key).orElse(""));
    }
}
