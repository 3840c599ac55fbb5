package io.kefuhub.core;

import io.kefuhub.core.answering.Customers;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.conversation.Desks;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.intake.ServingChannels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    List<Desk> all() {
        return List.copyOf(desks.values());
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
