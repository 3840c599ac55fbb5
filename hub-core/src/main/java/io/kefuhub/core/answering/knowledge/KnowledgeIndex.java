package io.kefuhub.core.answering.knowledge;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A snapshot of all knowledge, arranged for finding by desk and language. Immutable and safe for threads: a
 * change makes a new snapshot that shares the shelves of the desks that did not change.
 */
public final class KnowledgeIndex {
    public static final KnowledgeIndex EMPTY = new KnowledgeIndex(Map.of());

    private final Map<UUID, Map<EntryLanguage, Shelf>> desks;

    private KnowledgeIndex(Map<UUID, Map<EntryLanguage, Shelf>> desks) {
        this.desks = Map.copyOf(desks);
    }

    /** An index of these entries; those switched off are left out. */
    public static KnowledgeIndex of(Collection<KnowledgeEntry> entries) {
        var index = EMPTY;
        var desks = new HashMap<UUID, List<KnowledgeEntry>>();
        entries.forEach(entry -> desks.computeIfAbsent(entry.desk(), desk -> new java.util.ArrayList<>())
                .add(entry));
        for (var desk : desks.entrySet()) index = index.with(desk.getKey(), desk.getValue());
        return index;
    }

    /** This index with the entries of one desk replaced. */
    public KnowledgeIndex with(UUID desk, Collection<KnowledgeEntry> entries) {
        var shelves = new HashMap<EntryLanguage, Shelf>();
        for (var language : EnumSet.of(EntryLanguage.ZH, EntryLanguage.EN, EntryLanguage.ANY)) {
            var readable = entries.stream()
                    .filter(entry -> entry.content().enabled())
                    .filter(entry -> language.reads(entry.content().language()))
                    .toList();
            if (!readable.isEmpty()) shelves.put(language, new Shelf(readable));
        }
        var next = new HashMap<>(desks);
        next.put(desk, Map.copyOf(shelves));
        return new KnowledgeIndex(next);
    }

    /** Asks one desk in the language of the asker; {@link EntryLanguage#ANY} searches what is for readers of any. */
    public Tried ask(UUID desk, Asker asker, String question, Instant now, SearchRules rules) {
        var shelf = desks.getOrDefault(desk, Map.of()).get(asker.language());
        return shelf == null || question.isBlank() ? Tried.NOTHING : shelf.ask(asker, question, now, rules);
    }

    /** Whether a desk may tell other things on one channel than on another. */
    boolean tellsChannelsApart(UUID desk) {
        return desks.getOrDefault(desk, Map.of()).values().stream().anyMatch(Shelf::tellsChannelsApart);
    }

    /** The desks that have knowledge. */
    public Set<UUID> desks() {
        return desks.keySet();
    }
}
