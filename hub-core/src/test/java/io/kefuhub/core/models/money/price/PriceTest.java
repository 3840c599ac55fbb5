package io.kefuhub.core.models.money.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTest {
    private static final Instant WEDNESDAY = Instant.parse("2026-11-25T10:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void a_call_costs_its_fresh_and_cached_input_and_its_output_and_is_rounded_up() {
        var quote = quote(Terms.of(PerMillion.of("2.5", "0.1", "10.0000007")), "1");

        assertThat(quote.cost(new Usage(true, 1_000, 600, 3, 0), WEDNESDAY, SECOND))
                .isEqualTo(new Quote.Cost(400 * 2_500 + 600 * 100 + 30_001, "", ""));
        assertThat(quote.cost(new Usage(true, 0, 0, 0, 0), WEDNESDAY, SECOND).amount())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "32000, WHOLE, '', 80000000", //
        "32001, WHOLE, >32000, 128004000", //
        "32001, PART, >32000, 80004000", //
        "200000, WHOLE, >128000, 1400000000", //
        "200000, PART, >128000, 968000000"
    })
    void a_long_prompt_is_priced_by_its_tier_whole_or_in_part(long input, Tier.Rule rule, String tier, long expected) {
        var terms = new Terms(
                PerMillion.of("2.5", "2.5", "10"),
                List.of(
                        new Tier(128_000, PerMillion.of("7", "7", "28")),
                        new Tier(32_000, PerMillion.of("4", "4", "16"))),
                rule,
                List.of(),
                BigDecimal.ONE,
                BigDecimal.ZERO,
                BigDecimal.ZERO);

        assertThat(quote(terms, "1").cost(new Usage(true, input, 0, 0, 0), WEDNESDAY, SECOND))
                .isEqualTo(new Quote.Cost(expected, tier, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T00:29:59Z, ''", //
        "2026-11-25T00:30:00Z, peak", //
        "2026-11-25T08:29:59Z, peak", //
        "2026-11-25T08:30:00Z, ''", //
        "2026-11-28T01:00:00Z, ''", //
        "2026-11-25T15:59:59Z, ''", //
        "2026-11-25T16:00:00Z, night", // midnight in Shanghai
        "2026-11-25T21:59:59Z, night", //
        "2026-11-25T22:00:00Z, ''"
    })
    void the_hour_of_sending_counts_where_the_window_says_it_lies(Instant sent, String expected) {
        var weekdays = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
        var peak = new TimeWindow(
                "peak", weekdays, LocalTime.of(0, 30), LocalTime.of(8, 30), ZoneOffset.UTC, new BigDecimal("2"));
        var night = new TimeWindow(
                "night",
                Set.of(DayOfWeek.THURSDAY),
                LocalTime.MIDNIGHT,
                LocalTime.of(6, 0),
                ZoneId.of("Asia/Shanghai"),
                new BigDecimal("0.5"));
        var terms = new Terms(
                PerMillion.of("1", "1", "1"),
                List.of(),
                Tier.Rule.WHOLE,
                List.of(peak, night),
                BigDecimal.ONE,
                BigDecimal.ZERO,
                BigDecimal.ZERO);

        var cost = quote(terms, "1").cost(new Usage(true, 10, 0, 0, 0), sent, SECOND);

        var factor = expected.equals("peak") ? 20_000 : expected.equals("night") ? 5_000 : 10_000;
        assertThat(cost).isEqualTo(new Quote.Cost(factor, "", expected));
    }

    @Test
    void the_days_of_a_window_are_in_their_order_however_they_were_given() {
        for (var first : DayOfWeek.values()) {
            var days = new LinkedHashSet<>(List.of(first));
            days.addAll(List.of(DayOfWeek.values()).reversed());

            assertThat(new TimeWindow("all", days, LocalTime.MIN, LocalTime.NOON, ZoneOffset.UTC, BigDecimal.ONE)
                            .days())
                    .containsExactly(DayOfWeek.values());
        }
    }

    @Test
    void a_window_over_midnight_belongs_to_the_day_it_begins_on() {
        var window = new TimeWindow(
                "weekend night",
                Set.of(DayOfWeek.SATURDAY),
                LocalTime.of(22, 0),
                LocalTime.of(6, 0),
                ZoneOffset.UTC,
                BigDecimal.ONE);

        assertThat(window.holds(Instant.parse("2026-11-28T22:00:00Z"))).isTrue();
        assertThat(window.holds(Instant.parse("2026-11-29T05:59:00Z"))).isTrue();
        assertThat(window.holds(Instant.parse("2026-11-28T05:59:00Z"))).isFalse();
        assertThat(window.holds(Instant.parse("2026-11-29T22:00:00Z"))).isFalse();
    }

    @Test
    void a_call_and_a_second_of_ones_own_machine_have_their_price_too_and_no_factor() {
        var terms = new Terms(
                PerMillion.of("0", "0", "0"),
                List.of(),
                Tier.Rule.WHOLE,
                List.of(),
                new BigDecimal("0.5"),
                new BigDecimal("0.002"),
                new BigDecimal("0.01"));

        var cost = quote(terms, "7.1").cost(new Usage(true, 10, 0, 10, 0), WEDNESDAY, Duration.ofMillis(1_500));

        assertThat(cost.amount()).isEqualTo((2_000_000 + 15_000_000) * 71L / 10);
    }

    @Test
    void what_a_provider_cannot_mean_does_not_upset_the_books() {
        var quote = quote(Terms.of(PerMillion.of("1000000", "1", "1000000")), "1000");

        assertThat(quote.cost(new Usage(true, Long.MAX_VALUE, -5, Long.MAX_VALUE, 7), WEDNESDAY, SECOND)
                        .amount())
                .isEqualTo(100_000_000_000_000_000L);
        assertThat(quote.cost(new Usage(true, -10, 20, -1, -1), WEDNESDAY, SECOND)
                        .amount())
                .isZero();
    }

    /** Against a count token by token, and against the worst case, with prices of every shape. */
    @Test
    void any_call_costs_the_sum_of_its_tokens_rounded_up_and_never_more_than_its_worst_case() {
        var random = new Random(20_261_125);
        for (var round = 0; round < 3_000; round++) {
            var terms = terms(random);
            var rate = new BigDecimal(List.of("1", "7.1234", "0.0491").get(random.nextInt(3)));
            var quote = quote(terms, rate.toPlainString());
            var input = random.nextInt(60);
            var output = random.nextInt(40);
            var usage = new Usage(true, input, random.nextInt(input + 1), output, random.nextInt(output + 1));
            var sent = WEDNESDAY.plusSeconds(random.nextInt(7 * 86_400));
            var whole = Duration.ofMillis(random.nextInt(5_000));

            var cost = quote.cost(usage, sent, whole).amount();

            var exact = tokenByToken(terms, usage, sent, whole).multiply(rate);
            assertThat(BigDecimal.valueOf(cost))
                    .as("round %d: %s of %s", round, usage, terms)
                    .isEqualByComparingTo(exact.setScale(0, RoundingMode.CEILING));
            var most = quote.atMost(input + random.nextInt(5), whole.plusMillis(random.nextInt(100)));
            var kept = most.fixed().add(most.perOutputToken().multiply(BigDecimal.valueOf(output)));
            assertThat(cost).as("round %d", round).isLessThanOrEqualTo(Quote.roundedUp(kept));
        }
    }

    private static BigDecimal tokenByToken(Terms terms, Usage usage, Instant sent, Duration whole) {
        var reached = terms.base();
        for (var tier : terms.tiers()) {
            if (usage.input() > tier.above()) reached = tier.prices();
        }
        var sum = BigDecimal.ZERO;
        for (var i = 0; i < usage.input(); i++) {
            var prices = reached;
            if (terms.rule() == Tier.Rule.PART) {
                prices = terms.base();
                for (var tier : terms.tiers()) {
                    if (i >= tier.above()) prices = tier.prices();
                }
            }
            sum = sum.add(i < usage.cachedInput() ? prices.cachedInput().orElse(prices.input()) : prices.input());
        }
        for (var i = 0; i < usage.output(); i++) {
            sum = sum.add(i < usage.reasoning() ? reached.reasoning().orElse(reached.output()) : reached.output());
        }
        for (var window : terms.windows()) {
            if (window.holds(sent)) {
                sum = sum.multiply(window.factor());
                break;
            }
        }
        var seconds = BigDecimal.valueOf(whole.toMillis()).movePointLeft(3);
        return sum.multiply(terms.multiplier())
                .movePointLeft(6)
                .add(terms.perRequest())
                .add(terms.perSecond().multiply(seconds))
                .movePointRight(9);
    }

    private static Terms terms(Random random) {
        var tiers = new ArrayList<Tier>();
        for (var above = 5 + random.nextInt(20); tiers.size() < random.nextInt(4); above += 1 + random.nextInt(20)) {
            tiers.add(new Tier(above, prices(random)));
        }
        var windows = new ArrayList<TimeWindow>();
        for (var i = random.nextInt(3); i > 0; i--) {
            windows.add(new TimeWindow(
                    "w" + i,
                    EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.of(1 + random.nextInt(7))),
                    LocalTime.of(random.nextInt(24), 0),
                    LocalTime.of(random.nextInt(24), 30),
                    ZoneOffset.UTC,
                    decimal(random, 3)));
        }
        return new Terms(
                prices(random),
                tiers,
                random.nextBoolean() ? Tier.Rule.PART : Tier.Rule.WHOLE,
                windows,
                random.nextBoolean() ? BigDecimal.ONE : decimal(random, 2),
                random.nextBoolean() ? BigDecimal.ZERO : decimal(random, 1),
                random.nextBoolean() ? BigDecimal.ZERO : decimal(random, 1));
    }

    private static PerMillion prices(Random random) {
        var input = decimal(random, 20);
        return new PerMillion(
                input,
                random.nextBoolean() ? Optional.empty() : Optional.of(decimal(random, 20)),
                Optional.empty(),
                Optional.empty(),
                decimal(random, 60),
                random.nextBoolean() ? Optional.empty() : Optional.of(decimal(random, 60)));
    }

    private static BigDecimal decimal(Random random, int most) {
        return BigDecimal.valueOf(random.nextLong(most * 10_000_000L), 7);
    }

    private static Quote quote(Terms terms, String rate) {
        var price = new Price(
                new UUID(0, 1),
                "qwen",
                "qwen3-max",
                List.of(),
                "CNY",
                Instant.EPOCH,
                Optional.empty(),
                terms,
                "",
                Optional.empty(),
                true,
                Price.Origin.PERSON,
                Optional.empty());
        return new Quote(price, new BigDecimal(rate));
    }
}
