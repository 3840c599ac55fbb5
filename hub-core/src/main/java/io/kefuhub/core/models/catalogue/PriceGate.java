package io.kefuhub.core.models.catalogue;

import io.kefuhub.core.web.Words;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets no deployment be put on of which nobody knows what it costs, unless an admin says that it may go unpriced. One that
 * was on already stays as it is: it is not asked, and shown to have no price. Safe for threads.
 */
public final class PriceGate {
    private final Function<Deployment, Priced> prices;

    public PriceGate(Function<Deployment, Priced> prices) {
        this.prices = prices;
    }

    /** @param before what it was until now; empty for a new one */
    public Optional<Flaw> in(Deployment wanted, Optional<Deployment> before) {
        if (!wanted.enabled() || wanted.billing().unpriced() || wasOn(wanted, before)) return Optional.empty();
        return switch (prices.apply(wanted)) {
            case Priced.Known() -> Optional.empty();
            case Priced.NoPrice(var provider) ->
                Optional.of(new Flaw(
                        "unpriced",
                        new Words(
                                        "It cannot be put on without a price: there is none for %s%s. Add one, or let it run without a price.",
                                        "没有 %s%s 的价格，不能启用。请先添加价格，或允许无价格调用。")
                                .with(wanted.model(), provider.isEmpty() ? "" : " (" + provider + ")")));
            case Priced.NoRate(var currency) ->
                Optional.of(new Flaw(
                        "unpriced",
                        new Words(
                                        "It cannot be put on: its price is in %s, for which there is no exchange rate. Add one, or let it run without a price.",
                                        "价格以 %s 计，但没有该货币的汇率，不能启用。请先添加汇率，或允许无价格调用。")
                                .with(currency)));
        };
    }

    /** Whether the same model was asked without that permission until now. */
    private static boolean wasOn(Deployment wanted, Optional<Deployment> before) {
        return before.filter(Deployment::enabled)
                .filter(one -> !one.billing().unpriced())
                .filter(one ->
                        one.instance().equals(wanted.instance()) && one.model().equals(wanted.model()))
                .isPresent();
    }
}
