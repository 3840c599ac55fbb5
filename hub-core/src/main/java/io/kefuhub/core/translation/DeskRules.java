package io.kefuhub.core.translation;

import io.kefuhub.api.Language;
import io.kefuhub.core.conversation.DeskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What translators are told of a desk. Immutable.
 *
 * @param detectAlias the model that is asked what language a text is in when nothing else tells; empty for none
 * @param version rises with every change; 0 where nobody has set anything
 * @param managedBy the file that declares it
 */
public record DeskRules(
        DeskId desk, Optional<String> detectAlias, List<Term> glossary, long version, Optional<String> managedBy) {
    public DeskRules {
        glossary = List.copyOf(glossary);
    }

    static DeskRules none(DeskId desk) {
        return new DeskRules(desk, Optional.empty(), List.of(), 0, Optional.empty());
    }

    /** The terms that occur in these texts and what they become, the longest first, as one may hold another. */
    Map<String, String> glossary(List<String> texts, Language to) {
        var found = new ArrayList<Term>();
        for (var term : glossary) {
            if (!term.isFor(to)) continue;
            var pattern = Term.pattern(term.term(), true);
            if (texts.stream().anyMatch(text -> pattern.matcher(text).find())) found.add(term);
        }
        found.sort(Comparator.comparingInt((Term term) -> -term.term().length()));
        var told = new LinkedHashMap<String, String>();
        // One that is for this language stands before one that is for all.
        found.stream().filter(term -> term.to().isPresent()).forEach(term -> told.put(term.term(), term.becomes()));
        found.forEach(term -> told.putIfAbsent(term.term(), term.becomes()));
        return told;
    }
}
