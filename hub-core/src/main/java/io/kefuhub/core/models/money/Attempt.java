package io.kefuhub.core.models.money;

import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.models.money.price.Price;
import io.kefuhub.core.models.money.price.Quote;
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
            boolean onGrace) {

        /** @param price the one that was found when the money was kept */
        static Bill of(Reservation kept, Optional<Price> price, Settlement said, boolean onGrace) {
            var source = !said.billed() ? Source.NONE : said.usage().reported() ? Source.REPORTED : Source.ESTIMATED;
            if (source == Source.NONE || price.isEmpty()) {
                return new Bill(0, source, Optional.empty(), "", BigDecimal.ONE, "", "", false, onGrace);
            }
            var quote = new Quote(price.get(), kept.rate());
            var cost = source == Source.ESTIMATED && isUnknown(said.usage())
                    ? new Quote.Cost(kept.amount(), "", "")
                    : quote.cost(said.usage(), kept.dispatchedAt().orElse(kept.at()), said.whole());
            return new Bill(
                    cost.amount(),
                    source,
                    kept.priceId(),
                    price.get().currency(),
                    kept.rate(),
                    cost.tier(),
                    cost.window(),
                    cost.amount() > kept.amount(),
                    onGrace);
        }

        /** Nobody said anything about it, which is not the same as nothing. */
        private static boolean isUnknown(Usage usage) {
            return usage.input() <= 0 && usage.output() <= 0;
        }
    }

    UUID id() {
        return reservation.id();
    }
}
