package io.kefuhub.core;

import io.kefuhub.core.answering.Customers;
import io.kefuhub.core.answering.knowledge.Found;
import io.kefuhub.core.answering.knowledge.Knowledge;
import io.kefuhub.core.answering.knowledge.KnowledgeEntry;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.desk.DeskRoom;
import io.kefuhub.core.desk.drafts.DraftKnowledge;
import io.kefuhub.core.desk.drafts.DraftRoutes;
import io.kefuhub.core.desk.drafts.Drafts;
import io.kefuhub.core.filtering.Sight;
import io.kefuhub.core.models.ModelGateway;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Joins the agents' desk to models and knowledge, for words that are proposed to agents. */
final class Drafting {
    private final Knowledge knowledge;
    private final Customers customers;
    private final DraftRoutes routes;

    Drafting(
            Database database,
            ModelGateway models,
            Supplier<Optional<String>> alias,
            Knowledge knowledge,
            Customers customers,
            DeskRoom desk,
            Sight sight,
            InstantSource clock) {
        this.knowledge = knowledge;
        this.customers = customers;
        routes = new DraftRoutes(
                new Drafts(
                        database,
                        models,
                        alias,
                        this::passages,
                        conversation -> {
                            var names = customers.names(conversation);
                            return new Drafts.Place(names.desk(), names.channel());
                        },
                        clock),
                desk::conversation,
                sight);
    }

    DraftRoutes routes() {
        return routes;
    }

    /** What is drafted may be sent as it is, so it draws on nothing that the customer may not be told. */
    private List<DraftKnowledge.Passage> passages(Conversation conversation, String question) {
        var desk = conversation.place().desk().value();
        return switch (knowledge
                .ask(desk, customers.asker(conversation), question)
                .found()) {
            case Found.Direct(var entry, var _, var _, var _) -> List.of(passage(entry));
            case Found.Near(var candidates) ->
                candidates.stream().map(candidate -> passage(candidate.entry())).toList();
            case Found.Nothing() -> List.of();
        };
    }

    private static DraftKnowledge.Passage passage(KnowledgeEntry entry) {
        return new DraftKnowledge.Passage(
                entry.id().value().toString(),
                entry.content().question(),
                entry.content().answer());
    }
}
