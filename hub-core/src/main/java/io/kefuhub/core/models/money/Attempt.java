package io.kefuhub.core.models.money;

import io.kefuhub.api.ai.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A call as it stands in the books. Immutable.
 *
 * @param outcome one word
 * @param bill what it came to, and why
 */
record Attempt(
        Reservation reservation,
        Instant endedAt,
        String outcome,
        String detail,
        Usage usage,
        Bill bill,
        Optional<Duration> firstContent,
        Optional<Duration> whole) {

    /** Whence the tokens are known. */
    enum Source {
        REPORTED,
        ESTIMATED,
        /** It costs nothing, whatever it was. */
        NONE
    }

    /**
     * What it came to.
     *
     * @param priceId empty for a model without a price, or what costs nothing
     * @param currency of the price
     * @param overReserved whether it came to more than was kept for it
     */
    record Bill(
            long cost,
            Source source,
            Optional<UUID> priceId,
            String currency,
            BigDecimal rate,
            String tier,
            String window,
            boolean overReserved,
            boolean onGrace) {}

    UUID id() {
        return reservation.id();
    }
}
