package io.kefuhub.core.answering.knowledge;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A question that no entry answered, however often it was asked.
 *
 * @param bare what makes two of them the same
 * @param sample how it was said last
 * @param conversation where it was asked last
 */
record UnansweredQuestion(
        UUID id,
        UUID desk,
        EntryLanguage language,
        String bare,
        String sample,
        int times,
        Instant firstAt,
        Instant lastAt,
        Optional<UUID> conversation) {

    /** Both together: this, and the same asked later. */
    UnansweredQuestion and(UnansweredQuestion later) {
        return new UnansweredQuestion(
                id, desk, language, bare, later.sample, times + later.times, firstAt, later.lastAt, later.conversation);
    }
}
