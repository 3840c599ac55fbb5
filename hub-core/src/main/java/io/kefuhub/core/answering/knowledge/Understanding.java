package io.kefuhub.core.answering.knowledge;

import java.util.Optional;
import java.util.UUID;

/** Finds the entry that means what was asked in other words. Safe for threads. */
@FunctionalInterface
public interface Understanding {
    Understanding NONE = (_, _, _) -> Optional.empty();

    /** The entry that is surely meant; may wait for a model, though not long. */
    Optional<Found.Direct> meant(UUID desk, Asker asker, String question);
}
