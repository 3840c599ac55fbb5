package io.kefuhub.core.answering.ai;

import io.kefuhub.api.respond.Response;
import io.kefuhub.core.answering.knowledge.Asker;
import io.kefuhub.core.answering.passages.Passage.How;
import java.util.List;
import java.util.UUID;

/** Finds passages in entries and documents, by words and by meaning. Safe for threads. */
public final class FoundPassages implements Passages {
    private static final double BOTH = 0.8;

    /** Words alone may be quoted, and do not show that a question finds its passage by itself. */
    private static final double WORDS = 0.5;

    private final io.kefuhub.core.answering.passages.Passages passages;

    public FoundPassages(io.kefuhub.core.answering.passages.Passages passages) {
        this.passages = passages;
    }

    @Override
    public List<Passage> find(UUID desk, Asker asker, String question, int most) {
        return passages.find(desk, asker, question, most).passages().stream()
                .map(FoundPassages::passage)
                .toList();
    }

    private static Passage passage(io.kefuhub.core.answering.passages.Passage found) {
        var source = found.source()
                .map(from -> new Response.Citation("document", from.document().toString(), found.title()))
                .orElseGet(() -> new Response.Citation("knowledge", found.id().toString(), found.title()));
        return new Passage(source, found.title() + "\n" + found.text(), nearness(found));
    }

    /** Its own score only orders passages; this one can be compared across questions. */
    private static double nearness(io.kefuhub.core.answering.passages.Passage found) {
        return found.how() == How.BOTH
                ? BOTH
                : found.how() == How.WORDS ? WORDS : found.cosine().orElse(0.0);
    }
}
