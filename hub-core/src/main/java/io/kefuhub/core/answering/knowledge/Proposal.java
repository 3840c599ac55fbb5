package io.kefuhub.core.answering.knowledge;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * An entry that somebody proposes. Nothing is answered from it until a person publishes it.
 *
 * @param conversation where the question came up
 * @param message the answer that was corrected
 */
public record Proposal(
        UUID id,
        UUID desk,
        EntryContent content,
        Origin origin,
        Optional<UUID> conversation,
        Optional<UUID> message,
        String proposedBy,
        Instant proposedAt) {
    /** What gave rise to it. */
    public enum Origin {
        /** Somebody corrected an answer. */
        CORRECTION,
        /** A question had no answer. */
        UNANSWERED;

        /** As the database and the API spell it. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Origin> of(String code) {
            for (var origin : values()) {
                if (origin.code().equals(code)) return Optional.of(origin);
            }
            return Optional.empty();
        }
    }
}
