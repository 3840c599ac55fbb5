package io.kefuhub.core.models.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.catalogue.Catalogue;
import io.kefuhub.core.models.catalogue.Rules;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** What desks and customers may ask. Safe for threads. */
final class PayerLimits {
    private static final int MOST_CUSTOMERS = 100_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration BURST = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ConcurrentHashMap<String, Desk> desks = new ConcurrentHashMap<>();
    private final Cache<String, Customer> customers = Caffeine.newBuilder()
            .maximumSize(MOST_CUSTOMERS)
            .expireAfterAccess(HOUR.plus(MINUTE))
            .build();
    private final LongSupplier nanoTime;
    private volatile Rules rules = Rules.USUAL;

    PayerLimits(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A desk: how many questions at once, tokens and requests. */
    record Desk(WaitingLine line, TokenBucket tokens, RequestLimit requests) {
        void adapt(Rules.DeskRules rules) {
            line.resize(rules.concurrency());
            tokens.resize(rules.tokensPerMinute());
            requests.resize(rules.requestsPerMinute());
        }
    }

    private record Customer(RequestLimit burst, RequestLimit hour) {}

    void adapt(Catalogue catalogue) {
        rules = catalogue.rules();
        desks.forEach((key, desk) -> desk.adapt(rules.desk(key)));
    }

    Desk desk(String key) {
        return desks.computeIfAbsent(key, _ -> {
            var desk = rules.desk(key);
            return new Desk(
                    new WaitingLine(desk.concurrency()),
                    new TokenBucket(desk.tokensPerMinute(), nanoTime),
                    new RequestLimit(desk.requestsPerMinute(), MINUTE));
        });
    }

    /** Counts a turn of a customer, or refuses it. */
    boolean permitsCustomer(Payer payer) {
        if (payer.customer().isEmpty()) return true;
        var most = rules.customers();
        var customer = customers.get(
                payer.customer(),
                _ -> new Customer(
                        new RequestLimit(most.turnsIn30Seconds(), BURST),
                        new RequestLimit(most.turnsInAnHour(), HOUR)));
        customer.burst().resize(most.turnsIn30Seconds());
        customer.hour().resize(most.turnsInAnHour());
        return customer.burst().permits() && customer.hour().permits();
    }

    /** Until a customer may ask again. */
    Duration until(Payer payer) {
        var customer = customers.getIfPresent(payer.customer());
        if (customer == null) return Duration.ZERO;
        var burst = customer.burst().until();
        var hour = customer.hour().until();
        return burst.compareTo(hour) > 0 ? burst : hour;
    }
}
