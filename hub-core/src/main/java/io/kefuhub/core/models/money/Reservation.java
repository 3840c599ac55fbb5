package io.kefuhub.core.models.money;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Money that is kept for an attempt. Immutable.
 *
 * @param at when it was taken; the periods that hold this moment pay
 * @param priceId empty for a model without a price
 * @param rate of the price's currency
 * @param amount in 10⁻⁹ of the currency of the books
 */
record Reservation(
        WorstCase worst,
        Instant at,
        Optional<Instant> dispatchedAt,
        Optional<UUID> priceId,
        BigDecimal rate,
        long amount) {

    UUID id() {
        return worst.attempt();
    }

    Reservation dispatched(Instant moment) {
        return new Reservation(worst, at, dispatchedAt.or(() -> Optional.of(moment)), priceId, rate, amount);
    }

    Reservation unsent() {
        return dispatchedAt.isEmpty() ? this : new Reservation(worst, at, Optional.empty(), priceId, rate, amount);
    }
}
