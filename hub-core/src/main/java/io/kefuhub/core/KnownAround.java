package io.kefuhub.core;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.core.answering.Customers;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.screening.Surroundings;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known around a question to a model: the conversation it belongs to and who writes there. Safe for threads. */
final class KnownAround implements Surroundings {
    private final Database database;
    private final Names names;
    private final Customers customers;
    private final InstantSource clock;
    private final Conversations conversations = new Conversations();

    KnownAround(Database database, Names names, Customers customers, InstantSource clock) {
        this.database = database;
        this.names = names;
        this.customers = customers;
        this.clock = clock;
    }

    @Override
    public Facts of(Payer payer) {
        try {
            return conversation(payer)
                    .map(one -> customers.facts(one, one.language()))
                    .orElseGet(() -> apart(payer));
        } catch (DatabaseAwayException e) {
            return apart(payer);
        }
    }

    private Optional<Conversation> conversation(Payer payer) {
        return payer.conversation().flatMap(id -> database.read(db -> conversations.find(db, new ConversationId(id))));
    }

    private Facts apart(Payer payer) {
        var language = names.deskId(payer.desk())
                .flatMap(id -> names.desk(new DeskId(id)))
                .map(Desk::language)
                .orElse(Language.EN);
        return new Facts(payer.desk(), payer.channel(), language, Map.of(), clock.instant(), List.of());
    }
}
