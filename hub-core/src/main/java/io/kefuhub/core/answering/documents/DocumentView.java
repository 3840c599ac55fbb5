package io.kefuhub.core.answering.documents;

import io.kefuhub.api.Language;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A document as callers read it.
 *
 * @param state {@code waiting} or {@code reading} while a file is to be read, then {@code ready}, or {@code failed} where
 *     there is nothing to answer from
 * @param problem why the newest file cannot be read
 * @param next the name of a file that is to take the place of the one that is answered from
 */
record DocumentView(
        UUID id,
        UUID desk,
        String name,
        String format,
        long size,
        String state,
        boolean enabled,
        String language,
        int chunks,
        Optional<Integer> pages,
        Optional<String> problem,
        Optional<String> next,
        Optional<PagesView> reading,
        String changedBy,
        Instant updatedAt) {
    record PagesView(int read, int of) {}

    static DocumentView of(KnowledgeDocument document, Optional<Readings.Pages> progress, Language language) {
        var original = document.served().or(document::next).orElseThrow();
        return new DocumentView(
                document.id(),
                document.desk(),
                original.name(),
                original.format().code(),
                original.size(),
                state(document, progress),
                document.enabled(),
                document.language().code(),
                document.chunks(),
                Optional.of(document.pages()).filter(pages -> pages > 0),
                document.trouble().map(trouble -> trouble.words().in(language)),
                document.served().flatMap(any -> document.next()).map(Original::name),
                progress.map(pages -> new PagesView(pages.read(), pages.of())),
                document.changedBy(),
                document.changedAt());
    }

    private static String state(KnowledgeDocument document, Optional<Readings.Pages> progress) {
        if (progress.isPresent()) return "reading";
        if (document.isUnread()) return "waiting";
        return document.served().isPresent() ? "ready" : "failed";
    }
}
