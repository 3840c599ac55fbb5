package io.kefuhub.core.models.money;

import io.kefuhub.core.models.money.price.Quote;
import io.kefuhub.core.models.money.price.Terms;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is written into the books in one go. */
sealed interface Entry {
    /** The attempt it is about. */
    UUID id();

    /**
     * Takes the worst case.
     *
     * @param abandoned set when nobody waits for it any more, so that it takes nothing
     */
    record Hold(WorstCase worst, Optional<Quote> quote, Terms.AtMost most, AtomicBoolean abandoned) implements Entry {
        @Override
        public UUID id() {
            return worst.attempt();
        }
    }

    /** Is about to be sent. */
    record Sent(UUID id) implements Entry {}

    /** Is over, as its caller says; what was taken on grace brings along what was kept of it. */
    record Over(Settlement said, Optional<Reservation> onGrace) implements Entry {
        @Override
        public UUID id() {
            return said.attempt();
        }
    }

    /** Nobody came back to settle it. */
    record Left(UUID id) implements Entry {}

    /** What came of an entry. */
    sealed interface Outcome {
        record Taken(Reserving answer) implements Outcome {}

        /** @param open whether the reservation is still there */
        record Marked(boolean open) implements Outcome {}

        /** @param cost zero where there was nothing to settle */
        record Settled(long cost) implements Outcome {}
    }
}
