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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

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

    /** A field that cannot be what it says. */
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
        if (tiers.orElse(List.of()).size() > MOST || windows.orElse(List.of()).size() > MOST) {
            throw unfit("tiers", "At most 20 tiers and 20 windows.", "价格档与时段最多各 20 个。");
        }
        try {
            return new Terms(
                    base,
                    tiers.orElse(List.of()).stream().map(PriceBody::tier).toList(),
                    rule(),
                    windows.orElse(List.of()).stream().map(PriceBody::window).toList(),
                    multiplier.map(text -> decimal("multiplier", text)).orElse(BigDecimal.ONE),
                    perRequest.map(text -> decimal("perRequest", text)).orElse(BigDecimal.ZERO),
                    perSecond.map(text -> decimal("perSecond", text)).orElse(BigDecimal.ZERO));
        } catch (IllegalArgumentException e) {
            throw unfit("tiers", "Two tiers begin at the same number of tokens.", "两个价格档的起点相同。");
        }
    }

    private Tier.Rule rule() {
        return switch (tierRule.orElse("whole")) {
            case "whole" -> Tier.Rule.WHOLE;
            case "part" -> Tier.Rule.PART;
            default -> throw unfit("tierRule", "whole or part.", "应为 whole 或 part。");
        };
    }

    private static Tier tier(TierBody tier) {
        if (tier.above() < 1) throw unfit("tiers", "A tier begins above some tokens.", "价格档须有起点。");
        return new Tier(
                tier.above(),
                new PerMillion(
                        decimal("tiers", tier.input()),
                        decimal("tiers", tier.cachedInput()),
                        decimal("tiers", tier.cacheWrite5m()),
                        decimal("tiers", tier.cacheWrite1h()),
                        decimal("tiers", tier.output()),
                        decimal("tiers", tier.reasoning())));
    }

    private static TimeWindow window(WindowBody window) {
        name("windows", window.name());
        try {
            return new TimeWindow(
                    window.name(),
                    days(window.days()),
                    LocalTime.parse(window.from()),
                    LocalTime.parse(window.to()),
                    ZoneId.of(window.zone().orElse("UTC")),
                    decimal("windows", window.factor()));
        } catch (DateTimeException e) {
            throw unfit(
                    "windows",
                    "Times such as 00:30, and a zone such as Asia/Shanghai.",
                    "时间应如 00:30，时区应如 Asia/Shanghai。");
        }
    }

    private static Set<DayOfWeek> days(Optional<List<String>> names) {
        if (names.isEmpty()) return EnumSet.allOf(DayOfWeek.class);
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (var name : names.get()) {
            var found = EnumSet.allOf(DayOfWeek.class).stream()
                    .filter(day -> day.name().substring(0, 3).equals(name.toUpperCase(Locale.ROOT)))
                    .findFirst();
            days.add(found.orElseThrow(() -> unfit("windows", "Days such as mon.", "星期应如 mon。")));
        }
        return days;
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
