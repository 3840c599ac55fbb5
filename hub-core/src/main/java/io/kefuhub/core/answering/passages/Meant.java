package io.kefuhub.core.answering.passages;

import io.kefuhub.core.answering.knowledge.Asker;
import io.kefuhub.core.answering.knowledge.Found;
import io.kefuhub.core.answering.knowledge.Reach;
import io.kefuhub.core.answering.knowledge.SearchRules;
import io.kefuhub.core.answering.knowledge.Terms;
import java.time.Instant;
import java.util.Optional;

/** Decides whether an entry surely means what was asked in other words. */
final class Meant {
    /** The nearest and the next, where some of them ask the same of other people. */
    private static final int LOOK_AT = 8;

    private Meant() {}

    /** Nearness in meaning does not see a number or a "not", so those must be equal. */
    static Optional<Found.Direct> of(
            VectorShelf vectors, float[] question, Asker asker, String asked, Instant now, SearchRules rules) {
        var found = vectors.nearest(
                question,
                LOOK_AT,
                item -> item.kind() == Passage.Kind.ENTRY
                        && asker.language().reads(item.language())
                        && item.usableFor(asker, now));
        var near = Reach.narrowest(found, one -> one.item().entry());
        if (near.isEmpty() || near.getFirst().cosine() < rules.meaning()) return Optional.empty();
        var first = near.getFirst();
        if (near.size() > 1 && first.cosine() - near.get(1).cosine() < rules.meaningMargin()) return Optional.empty();
        return first.item()
                .entry()
                .filter(entry -> entry.wordings().anyMatch(first.text()::equals))
                .filter(entry -> saysAsMuch(asked, first.text()))
                .map(entry -> new Found.Direct(entry, first.text(), first.cosine(), Found.Reason.MEANING));
    }

    private static boolean saysAsMuch(String asked, String wording) {
        var one = Terms.of(asked);
        var other = Terms.of(wording);
        return one.numbers().equals(other.numbers()) && one.negations() == other.negations();
    }
}
