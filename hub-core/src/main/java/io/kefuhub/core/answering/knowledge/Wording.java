package io.kefuhub.core.answering.knowledge;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One way in which one entry is asked for, ready to be compared. */
record Wording(
        KnowledgeEntry entry,
        String text,
        Map<String, Integer> counts,
        int length,
        Set<String> numbers,
        int negations) {
    static Wording of(KnowledgeEntry entry, String text) {
        var terms = Terms.of(text);
        var counts = new HashMap<String, Integer>();
        terms.all().forEach(term -> counts.merge(term, 1, Integer::sum));
        return new Wording(entry, text, Map.copyOf(counts), terms.all().size(), terms.numbers(), terms.negations());
    }
}
