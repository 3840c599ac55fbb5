package io.kefuhub.core.answering.ai.context;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What stays of a conversation. Immutable.
 *
 * @param revision how often a message of the conversation had been taken back or changed when this was taken down; what was
 *     taken down under another one is not remembered
 * @param covered the {@code feed} number up to which this speaks of facts
 * @param firstSaid the beginning of the first thing the customer said
 * @param sessionEndedAt when it last went to a person or was closed
 * @param summarised the {@code feed} number up to which the summary speaks
 * @param summarisedMessage the last message it speaks of
 */
record Memory(
        int revision,
        long covered,
        FactCard facts,
        String firstSaid,
        Optional<Instant> sessionEndedAt,
        Optional<Summary> summary,
        long summarised,
        Optional<UUID> summarisedMessage) {
    static Memory empty(int revision) {
        return new Memory(revision, 0, FactCard.EMPTY, "", Optional.empty(), Optional.empty(), 0, Optional.empty());
    }
}
