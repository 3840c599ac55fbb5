package io.kefuhub.core.models.money.price;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** All prices and rates as they stood at one time. Immutable. */
public final class PriceBook {
    static final PriceBook EMPTY = new PriceBook("", List.of(), List.of());

    private static final Comparator<Price> BETTER =
            Comparator.comparing((Price price) -> price.origin()).thenComparing(Price::validFrom);

    private final String currency;
    private final Map<UUID, Price> byId = new HashMap<>();
    private final Map<Name, List<Price>> byName = new HashMap<>();
    private final List<Rate> rates;

    private record Name(String provider, String model) {}

    /**
     * What one unit of a currency is worth in that of the books.
     *
     * @param managedBy the file that declares it
     */
    public record Rate(
            String currency, Instant validFrom, BigDecimal rate, String source, Optional<String> managedBy) {}

    PriceBook(String currency, List<Price> prices, List<Rate> rates) {
        this.currency = currency;
        this.rates = List.copyOf(rates);
        for (var price : prices) {
            byId.put(price.id(), price);
            Stream.concat(Stream.of(price.model()), price.aliases().stream())
                    .distinct()
                    .forEach(model -> byName.computeIfAbsent(new Name(price.provider(), model), _ -> new ArrayList<>())
                            .add(price));
        }
    }

    /** The price of a model now; empty where it has none, or nobody knows what its currency is worth. */
    public Optional<Quote> find(String provider, String model, Instant now) {
        return price(provider, model, now)
                .flatMap(price -> rate(price.currency(), now).map(rate -> new Quote(price, rate)));
    }

    /** The price row that counts for a model, whether or not its currency can be converted. */
    public Optional<Price> price(String provider, String model, Instant now) {
        return best(new Name(provider, model), now)
                .or(() -> best(new Name(provider, Price.ANY), now))
                .or(() -> best(new Name(Price.ANY, model), now));
    }

    public Optional<Price> byId(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** What one unit of a currency is worth. */
    public Optional<BigDecimal> rate(String of, Instant now) {
        if (of.equals(currency)) return Optional.of(BigDecimal.ONE);
        return rates.stream()
                .filter(rate -> rate.currency().equals(of) && !now.isBefore(rate.validFrom()))
                .max(Comparator.comparing(Rate::validFrom))
                .map(Rate::rate);
    }

    public List<Rate> rates() {
        return rates;
    }

    public List<Price> prices() {
        return List.copyOf(byId.values());
    }

    private Optional<Price> best(Name name, Instant now) {
        return byName.getOrDefault(name, List.of()).stream()
                .filter(price -> price.holdsAt(now))
                .max(BETTER);
    }
}
