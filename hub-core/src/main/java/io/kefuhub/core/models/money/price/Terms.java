package io.kefuhub.core.models.money.price;

import io.kefuhub.api.ai.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * By what a call is priced, in the currency of its price row. Immutable.
 *
 * @param tiers in rising order
 * @param windows the first that holds the moment counts
 * @param multiplier on the prices of tokens, for batch or priority service
 * @param perRequest for each call, whatever it uses
 * @param perSecond for each second of a machine of one's own
 */
public record Terms(
        PerMillion base,
        List<Tier> tiers,
        Tier.Rule rule,
        List<TimeWindow> windows,
        BigDecimal multiplier,
        BigDecimal perRequest,
        BigDecimal perSecond) {
    /** A price is per million tokens, an amount is in 10⁻⁹: so many of the latter is a token at a price of 1. */
    private static final BigDecimal PER_TOKEN = BigDecimal.valueOf(1_000);

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    /**
     * What a call came to, not rounded.
     *
     * @param amount in 10⁻⁹ of the price row's currency
     * @param tier such as {@code >32000}; empty for the lowest
     * @param window its name; empty for none
     */
    public record Charge(BigDecimal amount, String tier, String window) {}

    /**
     * What a call may come to, not rounded, in 10⁻⁹.
     *
     * @param fixed whatever it answers
     * @param perOutputToken for each token that it may answer
     */
    public record AtMost(BigDecimal fixed, BigDecimal perOutputToken) {
        public static final AtMost NOTHING = new AtMost(BigDecimal.ZERO, BigDecimal.ZERO);
    }

    public Terms {
        tiers = tiers.stream().sorted(Comparator.comparingLong(Tier::above)).toList();
        windows = List.copyOf(windows);
        List.of(multiplier, perRequest, perSecond).forEach(PerMillion::check);
        if (tiers.stream().map(Tier::above).distinct().count() != tiers.size()) {
            throw new IllegalArgumentException("two tiers begin at the same number of tokens");
        }
    }

    public static Terms of(PerMillion base) {
        return new Terms(base, List.of(), Tier.Rule.WHOLE, List.of(), BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /** Whether nothing of it costs anything, in whatever currency. */
    boolean isFree() {
        return Stream.concat(Stream.of(base), tiers.stream().map(Tier::prices))
                        .allMatch(prices -> prices.dearestInput().signum() == 0
                                && prices.dearestOutput().signum() == 0)
                && perRequest.signum() == 0
                && perSecond.signum() == 0;
    }

    /** What a call came to that was sent at a moment and took so long. */
    public Charge charge(Usage usage, Instant sent, Duration whole) {
        var tokens = Tokens.of(usage);
        var reached =
                tiers.stream().filter(tier -> tokens.prompt() > tier.above()).reduce((_, last) -> last);
        var window = windows.stream().filter(some -> some.holds(sent)).findFirst();
        var factor = window.map(TimeWindow::factor).orElse(BigDecimal.ONE);
        var sum = prompt(tokens, reached)
                .add(answer(tokens, reached.map(Tier::prices).orElse(base)));
        return new Charge(
                sum.multiply(PER_TOKEN).multiply(multiplier).multiply(factor).add(besides(whole)),
                reached.map(tier -> ">" + tier.above()).orElse(""),
                window.map(TimeWindow::name).orElse(""));
    }

    /** The most a call may come to: nothing cached, the dearest tier it reaches, the dearest hour, the longest time. */
    public AtMost atMost(long promptTokens, Duration longest) {
        var reached = new ArrayList<PerMillion>();
        reached.add(base);
        tiers.stream()
                .filter(tier -> promptTokens > tier.above())
                .map(Tier::prices)
                .forEach(reached::add);
        var factor = windows.stream().map(TimeWindow::factor).reduce(BigDecimal.ONE, BigDecimal::max);
        var perToken = PER_TOKEN.multiply(multiplier).multiply(factor);
        var input = dearest(reached, PerMillion::dearestInput);
        var output = dearest(reached, PerMillion::dearestOutput);
        return new AtMost(
                BigDecimal.valueOf(promptTokens)
                        .multiply(input)
                        .multiply(perToken)
                        .add(besides(longest)),
                output.multiply(perToken));
    }

    private BigDecimal prompt(Tokens tokens, Optional<Tier> reached) {
        if (rule == Tier.Rule.WHOLE || reached.isEmpty()) {
            return prompt(tokens, 0, tokens.prompt(), reached.map(Tier::prices).orElse(base));
        }
        var sum = BigDecimal.ZERO;
        var from = 0L;
        var prices = base;
        for (var tier : tiers) {
            if (tokens.prompt() <= tier.above()) break;
            sum = sum.add(prompt(tokens, from, tier.above(), prices));
            from = tier.above();
            prices = tier.prices();
        }
        return sum.add(prompt(tokens, from, tokens.prompt(), prices));
    }

    /** The tokens of a prompt from one place to another: first those that were cached, then those written, then the rest. */
    private static BigDecimal prompt(Tokens tokens, long from, long to, PerMillion prices) {
        var kinds = List.of(tokens.cached(), tokens.cacheWrite5m(), tokens.cacheWrite1h(), tokens.fresh());
        var costs = List.of(
                prices.cachedInput().orElse(prices.input()),
                prices.cacheWrite5m().orElse(prices.input()),
                prices.cacheWrite1h().orElse(prices.input()),
                prices.input());
        var sum = BigDecimal.ZERO;
        var at = 0L;
        for (var i = 0; i < kinds.size(); i++) {
            var end = at + kinds.get(i);
            var within = Math.max(0, Math.min(end, to) - Math.max(at, from));
            sum = sum.add(BigDecimal.valueOf(within).multiply(costs.get(i)));
            at = end;
        }
        return sum;
    }

    private static BigDecimal answer(Tokens tokens, PerMillion prices) {
        return BigDecimal.valueOf(tokens.output())
                .multiply(prices.output())
                .add(BigDecimal.valueOf(tokens.reasoning())
                        .multiply(prices.reasoning().orElse(prices.output())));
    }

    private BigDecimal besides(Duration whole) {
        var seconds = BigDecimal.valueOf(Math.max(0, whole.toMillis()), 3);
        return perRequest.add(perSecond.multiply(seconds)).multiply(NANOS);
    }

    private static BigDecimal dearest(List<PerMillion> all, Function<PerMillion, BigDecimal> price) {
        return all.stream().map(price).reduce(BigDecimal.ZERO, BigDecimal::max);
    }
}
