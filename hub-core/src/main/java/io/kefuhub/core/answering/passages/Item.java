package io.kefuhub.core.answering.passages;

import io.kefuhub.core.answering.knowledge.Asker;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.answering.knowledge.KnowledgeEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What can be found: an entry, or a piece of a document. Immutable.
 *
 * @param searched all its words
 * @param meanings what stands for its meaning: each way to ask for an entry, and what it says
 * @param entry of an entry
 * @param source of a piece
 */
public record Item(
        UUID id,
        EntryLanguage language,
        String title,
        String text,
        String searched,
        List<TextKey> meanings,
        Optional<KnowledgeEntry> entry,
        Optional<Passage.Source> source) {
    public Item {
        meanings = List.copyOf(meanings);
    }

    /** A piece of a document. */
    public static Item of(UUID id, EntryLanguage language, String text, Passage.Source source) {
        var title = source.path();
        var searched = title + "\n" + text;
        return new Item(
                id,
                language,
                title,
                text,
                searched,
                List.of(TextKey.of(searched)),
                Optional.empty(),
                Optional.of(source));
    }

    static Item of(KnowledgeEntry entry) {
        var content = entry.content();
        var wordings = entry.wordings().toList();
        return new Item(
                entry.id().value(),
                content.language(),
                content.question(),
                content.answer(),
                String.join("\n", wordings) + "\n" + content.answer(),
                Stream.concat(wordings.stream(), Stream.of(content.answer()))
                        .map(TextKey::of)
                        .toList(),
                Optional.of(entry),
                Optional.empty());
    }

    Passage.Kind kind() {
        return entry.isPresent() ? Passage.Kind.ENTRY : Passage.Kind.CHUNK;
    }

    /** A piece of a document is for everybody. */
    boolean usableFor(Asker asker, Instant now) {
        return entry.map(one -> one.usableFor(asker, now)).orElse(true);
    }
}
