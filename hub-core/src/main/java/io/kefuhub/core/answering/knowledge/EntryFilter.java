package io.kefuhub.core.answering.knowledge;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which entries somebody wants to see.
 *
 * @param text part of the question, a similar question or the answer; empty for all
 * @param desks empty for all
 */
record EntryFilter(
        String text, Optional<Set<UUID>> desks, Optional<EntryLanguage> language, Optional<Boolean> enabled) {
    static final EntryFilter ALL = new EntryFilter("", Optional.empty(), Optional.empty(), Optional.empty());
}
