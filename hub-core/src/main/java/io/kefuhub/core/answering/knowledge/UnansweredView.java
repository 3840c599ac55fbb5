package io.kefuhub.core.answering.knowledge;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An unanswered question as callers read it. */
record UnansweredView(
        UUID id,
        UUID desk,
        String language,
        String question,
        int times,
        Instant firstAt,
        Instant lastAt,
        Optional<UUID> conversation) {
    static UnansweredView of(UnansweredQuestion question) {
        return new UnansweredView(
                question.id(),
                question.desk(),
                question.language().code(),
                question.sample(),
                question.times(),
                question.firstAt(),
                question.lastAt(),
                question.conversation());
    }
}
