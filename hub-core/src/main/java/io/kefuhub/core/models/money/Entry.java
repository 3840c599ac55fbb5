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
     * Whether the writer has tried it before, so that it may stand in the database though nobody heard so. Written and read
     * by the writer's thread.
     */
    final class Tries {
        private boolean made;

        /** Says whether it is the first. */
        boolean isFirst() {
            var first = !made;
            made = true;
            return first;
        }
    }

    /**
     * Takes the worst case.
     *
     * @param sends whether it is marked as sent with that
     * @param abandoned set when nobody waits for it any more, so that it takes nothing
     */
    record Hold(
            WorstCase worst,
            Optional<Quote> quote,
            Terms.AtMost most,
            boolean sends,
            AtomicBoolean abandoned,
            Tries tries)
            implements Entry {
        @Override
        public UUID id() {
            return worst.attempt();
        }
    }

    /** Is about to be sent. */
    record Sent(UUID id) implements Entry {}

    /**
     * Is over, as its caller says.
     *
     * @param onGrace what was taken on grace
     * @param kept what was kept for it, where this hub knows
     */
    record Over(Settlement said, Optional<Reservation> onGrace, Optional<Reservation> kept, Tries tries)
            implements Entry {
        @Override
        public UUID id() {
            return said.attempt();
        }
    }

    /** Nobody came back to settle it. */
    record Left(UUID id) implements Entry {}

    /** What came of an entry. */
    sealed interface Outcome {
        /** @param kept of what was taken */
        record Taken(Reserving answer, Optional<Reservation> kept) implements Outcome {}

        /** @param open whether the reservation is still there */
        record Marked(boolean open) implements Outcome {}

        /** @param cost zero where there was nothing to settle */
        record Settled(long cost) implements Outcome {}
    }
}
