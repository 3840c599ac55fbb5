package io.kefuhub.core.answering.documents;

import io.kefuhub.core.answering.documents.reading.Trouble;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A file of one desk.
 *
 * @param served what is answered from; empty until it was read for the first time
 * @param next what is to be read, or could not be
 * @param trouble why the next one could not be read
 * @param pages 0 where the format has none
 * @param version rises with each change
 */
record KnowledgeDocument(
        UUID id,
        UUID desk,
        Optional<Original> served,
        Optional<Original> next,
        Optional<Trouble> trouble,
        boolean enabled,
        EntryLanguage language,
        int pages,
        int chunks,
        long version,
        String changedBy,
        Instant changedAt) {
    String name() {
        return served.or(() -> next).map(Original::name).orElse("");
    }

    /** Whether something is still to be read. */
    boolean isUnread() {
        return next.isPresent() && trouble.isEmpty();
    }
}
