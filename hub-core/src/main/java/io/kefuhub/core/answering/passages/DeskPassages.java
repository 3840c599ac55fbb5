package io.kefuhub.core.answering.passages;

import io.kefuhub.core.answering.knowledge.KnowledgeEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What can be found at one desk. One thread changes it, any search. */
final class DeskPassages implements AutoCloseable {
    private static final String ENTRY = "entry:";
    private static final String DOCUMENT = "document:";

    private final PassageIndex index = new PassageIndex();
    private volatile VectorShelf vectors = VectorShelf.EMPTY;

    /** Takes in what changed among the entries, which are all that the desk has now. */
    void entries(List<KnowledgeEntry> entries) {
        var wanted = new HashMap<String, Item>();
        for (var entry : entries) {
            if (!entry.content().enabled()) continue;
            var item = Item.of(entry);
            wanted.put(ENTRY + item.id() + ":" + entry.version(), item);
        }
        var there = new HashSet<>(index.groups());
        there.removeIf(group -> !group.startsWith(ENTRY));
        for (var group : there) {
            if (!wanted.containsKey(group)) index.replace(group, List.of());
        }
        wanted.forEach((group, item) -> {
            if (!there.contains(group)) index.replace(group, List.of(item));
        });
        index.show();
    }

    /** Puts pieces in the place of those that documents had. */
    void documents(Map<UUID, List<Item>> documents) {
        documents.entrySet().parallelStream()
                .forEach(document -> index.replace(DOCUMENT + document.getKey(), document.getValue()));
        index.show();
    }

    void vectors(Meanings meanings) {
        vectors = meanings.shelf(index.all());
    }

    PassageIndex index() {
        return index;
    }

    VectorShelf vectors() {
        return vectors;
    }

    @Override
    public void close() {
        index.close();
    }
}
