package io.kefuhub.core.models.money.price;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** A price as the API shows it. */
record PriceView(
        UUID id,
        String provider,
        String model,
        List<String> aliases,
        String currency,
        Instant validFrom,
        Optional<Instant> validTo,
        String input,
        Optional<String> cachedInput,
        Optional<String> cacheWrite5m,
        Optional<String> cacheWrite1h,
        String output,
        Optional<String> reasoning,
        List<PriceBody.TierBody> tiers,
        String tierRule,
        List<PriceBody.WindowBody> windows,
        String multiplier,
        String perRequest,
        String perSecond,
        String source,
        Optional<LocalDate> checkedOn,
        boolean confirmed,
        String origin,
        Optional<String> managedBy) {

    static PriceView of(Price price) {
        var terms = price.terms();
        var base = terms.base();
        return new PriceView(
                price.id(),
                price.provider(),
                price.model(),
                price.aliases(),
                price.currency(),
                price.validFrom(),
                price.validTo(),
                text(base.input()),
                base.cachedInput().map(PriceView::text),
                base.cacheWrite5m().map(PriceView::text),
                base.cacheWrite1h().map(PriceView::text),
                text(base.output()),
                base.reasoning().map(PriceView::text),
                terms.tiers().stream().map(PriceView::tier).toList(),
                terms.rule().name().toLowerCase(Locale.ROOT),
                terms.windows().stream().map(PriceView::window).toList(),
                text(terms.multiplier()),
                text(terms.perRequest()),
                text(terms.perSecond()),
                price.source(),
                price.checkedOn(),
                price.confirmed(),
                price.origin().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                price.managedBy());
    }

    private static PriceBody.TierBody tier(Tier tier) {
        var prices = tier.prices();
        return new PriceBody.TierBody(
                tier.above(),
                text(prices.input()),
                prices.cachedInput().map(PriceView::text),
                prices.cacheWrite5m().map(PriceView::text),
                prices.cacheWrite1h().map(PriceView::text),
                text(prices.output()),
                prices.reasoning().map(PriceView::text));
    }

    private static PriceBody.WindowBody window(TimeWindow window) {
        var days = window.days().stream()
                .sorted()
                .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                .toList();
        return new PriceBody.WindowBody(
                window.name(),
                Optional.of(days),
                window.from().toString(),
                window.to().toString(),
                Optional.of(window.zone().getId()),
                text(window.factor()));
    }

    static String text(BigDecimal decimal) {
        return decimal.stripTrailingZeros().toPlainString();
    }
}
