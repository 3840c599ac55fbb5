package io.kefuhub.core.provisioning;

import io.kefuhub.core.models.money.BookRules;
import io.kefuhub.core.models.money.Limits;
import io.kefuhub.core.models.money.Money;
import io.kefuhub.core.models.money.Period;
import io.kefuhub.core.models.money.Scope;
import io.kefuhub.core.models.money.price.Price;
import io.kefuhub.core.models.money.price.PriceBody;
import io.kefuhub.core.models.money.price.PriceBody.TierBody;
import io.kefuhub.core.models.money.price.PriceBody.WindowBody;
import io.kefuhub.core.web.Words;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads the {@code money} of a file: how the books are kept, currencies, budgets and prices. */
final class MoneyReader {
    private static final UUID NO_ID = new UUID(0, 0);
    /** A field of something in a list. */
    private static final Pattern WITHIN = Pattern.compile("(tiers|windows)\\.(\\d+)\\.(.+)");

    private MoneyReader() {}

    static Declarations.Money money(Section section) {
        section.finish(List.of("books", "rates", "budgets", "prices"));
        return new Declarations.Money(
                section.where(),
                section.names().contains("books") ? books(section.section("books")) : Optional.empty(),
                rates(section),
                section.items("budgets").stream()
                        .flatMap(item -> budget(item).stream())
                        .toList(),
                section.items("prices").stream()
                        .flatMap(item -> price(item).stream())
                        .toList());
    }

    private static Optional<Declarations.Books> books(Section section) {
        section.finish(List.of("currency", "zone", "deskZones", "gracePercent", "closesOnExcess"));
        var zones = new HashMap<String, ZoneId>();
        var desks = section.section("deskZones");
        for (var desk : desks.names()) desks.optional(desk, MoneyReader::zone).ifPresent(zone -> zones.put(desk, zone));
        var grace = section.optional("gracePercent", MoneyReader::percent).orElse(0);
        var currency = section.optional("currency", MoneyReader::currency);
        var zone = section.optional("zone", MoneyReader::zone);
        return Optional.of(new Declarations.Books(
                section.where(), currency, zone, zones, grace, section.flag("closesOnExcess", true)));
    }

    private static List<Declarations.Rate> rates(Section section) {
        var rates = new ArrayList<Declarations.Rate>();
        section.sections("rates").forEach((name, rate) -> {
            rate.finish(List.of("rate", "validFrom", "source"));
            try {
                var currency = currency(name);
                if (rate.text("rate").isEmpty()) return;
                rate.optional("rate", MoneyReader::rate)
                        .ifPresent(value -> rates.add(new Declarations.Rate(
                                rate.where(),
                                currency,
                                value,
                                rate.optional("validFrom", MoneyReader::moment),
                                rate.optionalText("source").orElse(""))));
            } catch (IllegalArgumentException e) {
                rate.problem(rate.where(), UnreadableException.words(e));
            }
        });
        return rates;
    }

    private static Optional<Declarations.Budget> budget(Section item) {
        item.finish(List.of("scope", "subject", "period", "amount", "enabled"));
        item.text("scope");
        item.text("period");
        item.text("amount");
        var scope = item.optional("scope", text -> oneOf(text, Scope.values()));
        var period = item.optional("period", text -> oneOf(text, Period.values()));
        var amount = item.optional("amount", MoneyReader::amount);
        if (scope.isEmpty() || period.isEmpty() || amount.isEmpty()) return Optional.empty();
        var subject = item.optionalText("subject").orElse("");
        if ((scope.get() == Scope.HUB) != subject.isEmpty()) {
            item.problem(
                    item.place("subject"),
                    "the short name of one is expected, or * for each by itself; nothing for the hub",
                    "应为简称，或用 * 表示逐个分别计算；整个中枢（hub）则不填");
            return Optional.empty();
        }
        var name = new Limits.Name(scope.get(), subject, period.get());
        return Optional.of(new Declarations.Budget(
                item.where(), new Limits.Declared(name, amount.get(), item.flag("enabled", true))));
    }

    private static Optional<Declarations.Price> price(Section item) {
        item.finish(List.of(
                "provider",
                "model",
                "aliases",
                "currency",
                "validFrom",
                "validTo",
                "input",
                "cachedInput",
                "cacheWrite5m",
                "cacheWrite1h",
                "output",
                "reasoning",
                "tiers",
                "tierRule",
                "windows",
                "multiplier",
                "perRequest",
                "perSecond",
                "source",
                "checkedOn"));
        var tiers = item.items("tiers");
        var windows = item.items("windows");
        var body = new PriceBody(
                item.text("provider"),
                item.text("model"),
                Optional.of(item.texts("aliases")),
                item.text("currency"),
                item.optional("validFrom", MoneyReader::moment),
                item.optional("validTo", MoneyReader::moment),
                item.text("input"),
                item.optionalText("cachedInput"),
                item.optionalText("cacheWrite5m"),
                item.optionalText("cacheWrite1h"),
                item.text("output"),
                item.optionalText("reasoning"),
                Optional.of(tiers.stream().map(MoneyReader::tier).toList()),
                item.optionalText("tierRule"),
                Optional.of(windows.stream().map(MoneyReader::window).toList()),
                item.optionalText("multiplier"),
                item.optionalText("perRequest"),
                item.optionalText("perSecond"),
                item.optionalText("source"),
                item.optional("checkedOn", MoneyReader::day));
        if (body.provider().isEmpty()
                || body.model().isEmpty()
                || body.input().isEmpty()
                || body.output().isEmpty()) {
            return Optional.empty();
        }
        try {
            body.price(NO_ID, Price.Origin.FILE, Instant.EPOCH, Optional.empty());
            return Optional.of(new Declarations.Price(item.where(), body));
        } catch (PriceBody.UnfitPriceException e) {
            item.problem(place(item, tiers, windows, e.field()), e.words());
            return Optional.empty();
        }
    }

    /** @param field such as {@code input} or {@code tiers.0.input} */
    private static Where place(Section item, List<Section> tiers, List<Section> windows, String field) {
        var within = WITHIN.matcher(field);
        if (!within.matches()) return item.place(field);
        var list = within.group(1).equals("tiers") ? tiers : windows;
        return list.get(Integer.parseInt(within.group(2))).place(within.group(3));
    }

    private static TierBody tier(Section tier) {
        tier.finish(List.of("above", "input", "cachedInput", "cacheWrite5m", "cacheWrite1h", "output", "reasoning"));
        tier.text("above");
        return new TierBody(
                tier.optional("above", MoneyReader::tokens).orElse(1L),
                tier.text("input"),
                tier.optionalText("cachedInput"),
                tier.optionalText("cacheWrite5m"),
                tier.optionalText("cacheWrite1h"),
                tier.text("output"),
                tier.optionalText("reasoning"));
    }

    private static WindowBody window(Section window) {
        window.finish(List.of("name", "days", "from", "to", "zone", "factor"));
        var days = window.texts("days");
        return new WindowBody(
                window.text("name"),
                days.isEmpty() ? Optional.empty() : Optional.of(days),
                window.text("from"),
                window.text("to"),
                window.optionalText("zone"),
                window.text("factor"));
    }

    private static <E extends Enum<E>> E oneOf(String text, E[] all) {
        var names = new ArrayList<String>();
        for (var one : all) {
            var name = one.name().toLowerCase(Locale.ROOT);
            if (name.equals(text)) return one;
            names.add(name);
        }
        throw new UnreadableException(new Words("one of %s is expected", "应为其中之一：%s").with(String.join(", ", names)));
    }

    private static long amount(String text) {
        try {
            return Money.amount(text);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(
                    new Words(
                            "an amount such as 12.50, with at most 9 decimals, is expected", "应为金额，例如 12.50，小数最多 9 位"),
                    e);
        }
    }

    private static BigDecimal rate(String text) {
        try {
            var rate = new BigDecimal(text);
            if (rate.signum() > 0 && rate.scale() <= 12) return rate;
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UnreadableException("a number above 0, such as 7.12, is expected", "应为大于 0 的数，例如 7.12");
    }

    private static long tokens(String text) {
        try {
            var tokens = Long.parseLong(text);
            if (tokens > 0) return tokens;
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UnreadableException("a number of tokens is expected", "应为 token 数");
    }

    private static int percent(String text) {
        try {
            var percent = Integer.parseInt(text);
            if (percent >= 0 && percent <= BookRules.MOST_GRACE) return percent;
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UnreadableException(
                new Words("a number from 0 to %s is expected", "应为 0 到 %s 的整数").with(BookRules.MOST_GRACE));
    }

    private static String currency(String text) {
        if (text.matches("[A-Z]{3}")) return text;
        throw new UnreadableException("a currency of three letters, such as CNY, is expected", "应为三个字母的货币，例如 CNY");
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new UnreadableException(
                    new Words("a zone such as Asia/Shanghai is expected", "应为时区，例如 Asia/Shanghai"), e);
        }
    }

    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new UnreadableException(
                    new Words("write it like 2026-12-31T18:00:00+08:00", "请写成 2026-12-31T18:00:00+08:00 的形式"), e);
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new UnreadableException(new Words("write it like 2026-12-31", "请写成 2026-12-31 的形式"), e);
        }
    }
}
