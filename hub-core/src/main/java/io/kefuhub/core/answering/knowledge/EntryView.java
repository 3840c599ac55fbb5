package io.kefuhub.core.answering.knowledge;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An entry as callers read it. */
record EntryView(
        UUID id,
        UUID desk,
        String language,
        String question,
        List<String> similar,
        String answer,
        Optional<Instant> validFrom,
        Optional<Instant> validUntil,
        String audience,
        List<String> channels,
        boolean enabled,
        Optional<String> managedBy,
        long version,
        Instant updatedAt) {
    static EntryView of(KnowledgeEntry entry) {
        var content = entry.content();
        return new EntryView(
                entry.id().value(),
                entry.desk(),
                content.language().code(),
                content.question(),
                content.similar(),
                content.answer(),
                Optional.of(content.validity().from()).filter(from -> !from.equals(Instant.MIN)),
                Optional.of(content.validity().until()).filter(until -> !until.equals(Instant.MAX)),
                content.reach().audience().code(),
                content.reach().channels(),
                content.enabled(),
                Optional.of(entry.managedBy()).filter(file -> !file.isEmpty()),
                entry.version(),
                entry.changedAt());
    }
}
