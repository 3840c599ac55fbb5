package io.kefuhub.core.answering;

import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.answering.knowledge.Asker;
import io.kefuhub.core.answering.knowledge.Found;
import io.kefuhub.core.answering.knowledge.Knowledge;
import io.kefuhub.core.answering.knowledge.KnowledgeEntry;
import io.kefuhub.core.answering.knowledge.Languages;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Finds entries of the knowledge that may be meant by a question. Safe for threads. */
public final class FaqCandidates implements TurnParts.Candidates {
    private final Knowledge knowledge;
    private final Function<String, Optional<UUID>> desks;

    /** @param desks finds a desk's id by its key */
    public FaqCandidates(Knowledge knowledge, Function<String, Optional<UUID>> desks) {
        this.knowledge = knowledge;
        this.desks = desks;
    }

    @Override
    public List<Part.Menu.Option> of(Turn turn) {
        var said = turn.question().text();
        if (said.isBlank()) return List.of();
        var asker = Asker.of(turn, Languages.of(said).orElse(turn.language()));
        return desks.apply(turn.desk())
                .map(desk -> options(knowledge.ask(desk, asker, said).found()))
                .orElse(List.of());
    }

    private static List<Part.Menu.Option> options(Found found) {
        return switch (found) {
            case Found.Direct(var entry, var _, var _, var _) -> List.of(option(entry));
            case Found.Near(var candidates) ->
                candidates.stream().map(candidate -> option(candidate.entry())).toList();
            case Found.Nothing() -> List.of();
        };
    }

    private static Part.Menu.Option option(KnowledgeEntry entry) {
        return new Part.Menu.Option(
                "entry:" + entry.id().value(), entry.content().question());
    }
}
