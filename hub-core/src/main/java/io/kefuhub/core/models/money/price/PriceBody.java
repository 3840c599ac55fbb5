package io.kefuhub.core.models.money.price;

import io.kefuhub.core.web.Words;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A price as people and files write it. Decimals are texts, so that nobody's numbers round them.
 *
 * @param tierRule {@code whole} or {@code part}
 */
public record PriceBody(
        String provider,
        String model,
        Optional<List<String>> aliases,
        String currency,
        Optional<Instant> validFrom,
        Optional<Instant> validTo,
        String input,
        Optional<String> cachedInput,
        Optional<String> cacheWrite5m,
        Optional<String> cacheWrite1h,
        String output,
        Optional<String> reasoning,
        Optional<List<TierBody>> tiers,
        Optional<String> tierRule,
        Optional<List<WindowBody>> windows,
        Optional<String> multiplier,
        Optional<String> perRequest,
        Optional<String> perSecond,
        Optional<String> source,
        Optional<LocalDate> checkedOn) {
    private static final int NAME = 200;
    private static final int SOURCE = 500;
    private static final int MOST = 20;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    /** Prices above some tokens of prompt. */
    public record TierBody(
            long above,
            String input,
            Optional<String> cachedInput,
            Optional<String> cacheWrite5m,
            Optional<String> cacheWrite1h,
            String output,
            Optional<String> reasoning) {}

    /**
     * A factor in some hours.
     *
     * @param days such as {@code mon}; all where they are left out
     */
    public record WindowBody(
            String name, Optional<List<String>> days, String from, String to, Optional<String> zone, String factor) {}

    /** A field that cannot be what it says, such as {@code tiers.0.input}; those of a list are counted from 0. */
    public static final class UnfitPriceException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String field;
        private final transient Words words;

        UnfitPriceException(String field, Words words) {
            super(field + ": " + words.en(), null, false, false);
            this.field = field;
            this.words = words;
        }

        public String field() {
            return field;
        }

        public Words words() {
            return words;
        }
    }

    /**
     * The price that is meant; throws {@link UnfitPriceException}.
     *
     * @param now from when it holds where it does not say
     */
    public Price price(UUID id, Price.Origin origin, Instant now, Optional<String> file) {
        name("provider", provider);
        name("model", model);
        var others = aliases.orElse(List.of());
        if (others.size() > MOST) throw unfit("aliases", "At most 20.", "最多 20 个。");
        others.forEach(alias -> name("aliases", alias));
        if (!CURRENCY.matcher(currency).matches()) {
            throw unfit("currency", "Three letters, such as CNY.", "应为三个字母，例如 CNY。");
        }
        var from = validFrom.orElse(now);
        if (validTo.filter(to -> !to.isAfter(from)).isPresent()) {
            throw unfit("validTo", "It must end after it begins.", "结束时间须晚于开始时间。");
        }
        if (source.orElse("").length() > SOURCE) throw unfit("source", "At most 500 characters.", "最多 500 个字符。");
        return new Price(
                id,
                provider,
                model,
                others,
                currency,
                from,
                validTo,
                terms(),
                source.orElse(""),
                checkedOn,
                origin != Price.Origin.BUILT_IN && origin != Price.Origin.IMPORT,
                origin,
                file);
    }

    private Terms terms() {
        var base = new PerMillion(
                decimal("input", input),
                decimal("cachedInput", cachedInput),
                decimal("cacheWrite5m", cacheWrite5m),
                decimal("cacheWrite1h", cacheWrite1h),
                decimal("output", output),
                decimal("reasoning", reasoning));
        var steps = tiers.orElse(List.of());
        if (steps.size() > MOST) throw unfit("tiers", "At most 20 tiers.", "价格档最多 20 个。");
        var hours = windows.orElse(List.of());
        if (hours.size() > MOST) throw unfit("windows", "At most 20 windows.", "时段最多 20 个。");
        refuseTwice(steps);
        return new Terms(
                base,
                IntStream.range(0, steps.size())
                        .mapToObj(at -> tier("tiers." + at + ".", steps.get(at)))
                        .toList(),
                rule(),
                IntStream.range(0, hours.size())
                        .mapToObj(at -> window("windows." + at + ".", hours.get(at)))
                        .toList(),
                multiplier.map(text -> decimal("multiplier", text)).orElse(BigDecimal.ONE),
                perRequest.map(text -> decimal("perRequest", text)).orElse(BigDecimal.ZERO),
                perSecond.map(text -> decimal("perSecond", text)).orElse(BigDecimal.ZERO));
    }

    private static void refuseTwice(List<TierBody> tiers) {
        var beginnings = new HashSet<Long>();
        for (var at = 0; at < tiers.size(); at++) {
            if (!beginnings.add(tiers.get(at).above())) {
                throw unfit(
                        "tiers." + at + ".above",
                        "Another tier begins at the same number of tokens.",
                        "另有一个价格档的起点与此相同。");
            }
        }
    }

    private Tier.Rule rule() {
        return switch (tierRule.orElse("whole")) {
            case "whole" -> Tier.Rule.WHOLE;
            case "part" -> Tier.Rule.PART;
            default -> throw unfit("tierRule", "whole or part.", "应为 whole 或 part。");
        };
    }

    /** @param place where it stands, such as {@code tiers.0.} */
    private static Tier tier(String place, TierBody tier) {
        if (tier.above() < 1)
            throw unfit(place + "above", "A whole number of tokens, from 1 on.", "应为不小于 1 的 token 数。");
        return new Tier(
                tier.above(),
                new PerMillion(
                        decimal(place + "input", tier.input()),
                        decimal(place + "cachedInput", tier.cachedInput()),
                        decimal(place + "cacheWrite5m", tier.cacheWrite5m()),
                        decimal(place + "cacheWrite1h", tier.cacheWrite1h()),
                        decimal(place + "output", tier.output()),
                        decimal(place + "reasoning", tier.reasoning())));
    }

    private static TimeWindow window(String place, WindowBody window) {
        name(place + "name", window.name());
        return new TimeWindow(
                window.name(),
                days(place + "days", window.days()),
                time(place + "from", window.from()),
                time(place + "to", window.to()),
                zone(place + "zone", window.zone().orElse("UTC")),
                decimal(place + "factor", window.factor()));
    }

    private static Set<DayOfWeek> days(String field, Optional<List<String>> names) {
        if (names.isEmpty()) return EnumSet.allOf(DayOfWeek.class);
        if (names.get().isEmpty()) throw unfit(field, "At least one day.", "请至少选择一天。");
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (var name : names.get()) {
            var found = EnumSet.allOf(DayOfWeek.class).stream()
                    .filter(day -> day.name().substring(0, 3).equals(name.toUpperCase(Locale.ROOT)))
                    .findFirst();
            days.add(found.orElseThrow(() -> unfit(field, "Days such as mon.", "星期应如 mon。")));
        }
        return days;
    }

    private static LocalTime time(String field, String text) {
        try {
            return LocalTime.parse(text.strip());
        } catch (DateTimeException e) {
            throw unfit(field, "A time such as 00:30.", "应为时间，例如 00:30。");
        }
    }

    private static ZoneId zone(String field, String text) {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            throw unfit(field, "A zone such as Asia/Shanghai.", "应为时区，例如 Asia/Shanghai。");
        }
    }

    private static Optional<BigDecimal> decimal(String field, Optional<String> text) {
        return text.map(some -> decimal(field, some));
    }

    private static BigDecimal decimal(String field, String text) {
        try {
            var decimal = new BigDecimal(text.strip()).stripTrailingZeros();
            PerMillion.check(decimal);
            return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
        } catch (IllegalArgumentException e) {
            throw unfit(
                    field,
                    "A decimal from 0 to 1000000, such as 2.5, with at most 12 digits behind the point.",
                    "应为 0 至 1000000 的数，例如 2.5，小数最多 12 位。");
        }
    }

    private static void name(String field, String name) {
        if (name.isBlank() || name.length() > NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw unfit(field, "1 to 200 characters.", "1 至 200 个字符。");
        }
    }

    private static UnfitPriceException unfit(String field, String en, String zh) {
        return new UnfitPriceException(field, new Words(en, zh));
    }
}
