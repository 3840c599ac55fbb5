package io.kefuhub.core.answering.ai;

import io.kefuhub.api.respond.Response;
import io.kefuhub.core.answering.knowledge.Asker;
import io.kefuhub.core.answering.knowledge.Found;
import io.kefuhub.core.answering.knowledge.Knowledge;
import java.util.List;
import java.util.UUID;

/** Finds entries whose questions are near. Safe for threads. */
public final class KnowledgePassages implements Passages {
    private static final String KIND = "knowledge";

    /** Below, an entry shares no more than a word by chance. */
    private static final double FLOOR = 0.25;

    private final Knowledge knowledge;

    public KnowledgePassages(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public List<Passage> find(UUID desk, Asker asker, String question, int most) {
        return knowledge.ask(desk, asker, question).candidates().stream()
                .filter(candidate -> candidate.score() >= FLOOR)
                .limit(most)
                .map(KnowledgePassages::passage)
                .toList();
    }

    private static Passage passage(Found.Candidate candidate) {
        var entry = candidate.entry();
        var title = entry.content().question();
        return new Passage(
                new Response.Citation(KIND, entry.id().value().toString(), title),
                title + "\n" + entry.content().answer(),
                candidate.score());
    }
}
