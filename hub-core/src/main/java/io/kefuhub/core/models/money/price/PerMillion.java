package io.kefuhub.core.models.money.price;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a million tokens of each kind costs. Immutable.
 *
 * @param cachedInput as input where it is absent, and so are both cache writes
 * @param reasoning as output where it is absent
 */
public record PerMillion(
        BigDecimal input,
        Optional<BigDecimal> cachedInput,
        Optional<BigDecimal> cacheWrite5m,
        Optional<BigDecimal> cacheWrite1h,
        BigDecimal output,
        Optional<BigDecimal> reasoning) {
    /** The highest price anybody may write. */
    public static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

    public PerMillion {
        Stream.of(Optional.of(input), cachedInput, cacheWrite5m, cacheWrite1h, Optional.of(output), reasoning)
                .flatMap(Optional::stream)
                .forEach(PerMillion::check);
    }

    public static PerMillion of(String input, String cachedInput, String output) {
        return new PerMillion(
                new BigDecimal(input),
                Optional.of(new BigDecimal(cachedInput)),
                Optional.empty(),
                Optional.empty(),
                new BigDecimal(output),
                Optional.empty());
    }

    /** The price of input whose cache is of no use. */
    BigDecimal dearestInput() {
        return input.max(cachedInput.orElse(input));
    }

    BigDecimal dearestOutput() {
        return output.max(reasoning.orElse(output));
    }

    /** Throws {@link IllegalArgumentException} for what cannot be a price. */
    static void check(BigDecimal price) {
        if (price.signum() < 0 || price.compareTo(MOST) > 0 || price.scale() > 12) {
            throw new IllegalArgumentException("a price from 0 to a million, with at most 12 decimals, is expected");
        }
    }
}
