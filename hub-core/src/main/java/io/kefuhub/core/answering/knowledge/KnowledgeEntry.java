package io.kefuhub.core.answering.knowledge;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One stored entry of one desk.
 *
 * @param managedBy the file that declares the entry, or an empty text where people edit it
 * @param version rises by one with each change; a writer names the version it has seen
 */
public record KnowledgeEntry(
        EntryId id, UUID desk, EntryContent content, String managedBy, long version, Instant changedAt) {

    /** Whether somebody may be answered from this entry now. */
    public boolean usableFor(Asker asker, Instant moment) {
        return content.enabled()
                && content.validity().covers(moment)
                && content.reach().covers(asker);
    }

    /** The question and all similar questions, the question first. */
    public Stream<String> wordings() {
        return Stream.concat(Stream.of(content.question()), content.similar().stream());
    }
}
