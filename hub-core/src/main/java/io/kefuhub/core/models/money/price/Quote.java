package io.kefuhub.core.models.money.price;

import io.kefuhub.api.ai.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/**
 * A price in the currency of the books. Immutable.
 *
 * @param rate what one unit of the price's currency is worth in that of the books
 */
public record Quote(Price price, BigDecimal rate) {
    /** What is more than this is no bill but a mistake, and would not add up in 64 bits. */
    private static final BigDecimal MOST = BigDecimal.valueOf(100_000_000_000_000_000L);

    /** What a call came to, in whole 10⁻⁹ of the currency of the books, rounded up. */
    public record Cost(long amount, String tier, String window) {}

    public Cost cost(Usage usage, Instant sent, Duration whole) {
        var charge = price.terms().charge(usage, sent, whole);
        return new Cost(roundedUp(charge.amount().multiply(rate)), charge.tier(), charge.window());
    }

    /** The most a call may come to, in 10⁻⁹ of the currency of the books. */
    public Terms.AtMost atMost(long promptTokens, Duration longest) {
        var most = price.terms().atMost(promptTokens, longest);
        return new Terms.AtMost(
                most.fixed().multiply(rate), most.perOutputToken().multiply(rate));
    }

    public static long roundedUp(BigDecimal amount) {
        return amount.min(MOST).setScale(0, RoundingMode.CEILING).longValueExact();
    }
}
