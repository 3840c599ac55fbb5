package io.kefuhub.core.models.money.price;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.web.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What models cost, as far as it was written down: kept in the database, and here as it stands now. A price is not changed
 * but ended, and followed by another. Safe for threads.
 */
public final class Prices {
    private final Database database;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Supplier<String> currency;
    private final PriceRows rows = new PriceRows();
    private final RateRows rates = new RateRows();
    private volatile PriceBook now = PriceBook.EMPTY;

    /** @param currency of the books */
    public Prices(Database database, AuditLog audit, InstantSource clock, Supplier<String> currency) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.currency = currency;
        refresh();
    }

    /** The prices as they were last read; what is changed here is in it at once. */
    public PriceBook now() {
        return now;
    }

    /** Reads what another node may have changed. */
    public void refresh() {
        now = database.read(this::book);
    }

    /** A price by its id; asks the database for one that was written since the last look. */
    public Optional<Price> byId(Handle db, UUID id) {
        return now.byId(id)
                .or(() -> rows.all(db).stream()
                        .filter(price -> price.id().equals(id))
                        .findFirst());
    }

    /**
     * Writes prices down. Each ends what the same origin said of the same model and provider until then, unless that says
     * the same.
     *
     * @return how many are new
     */
    public int add(List<Price> wanted, String actor) {
        int added = database.inTransaction(tx -> {
            var standing = rows.all(tx);
            var fresh = fresh(standing, wanted);
            var ended = new TreeMap<Instant, List<UUID>>();
            for (var price : fresh) {
                standing.stream()
                        .filter(old -> isAbout(old, price) && old.holdsAt(price.validFrom()))
                        .forEach(old -> ended.computeIfAbsent(price.validFrom(), _ -> new ArrayList<>())
                                .add(old.id()));
            }
            ended.forEach((moment, ids) -> rows.end(tx, ids, moment));
            rows.insert(tx, fresh, clock.instant());
            note(tx, actor, "prices.added", fresh);
            return fresh.size();
        });
        refresh();
        return added;
    }

    /** Writes down what comes with the hub, each once ever: what somebody has ended since stays ended. */
    public void seed(List<Price> wanted) {
        var known = now.prices().stream()
                .filter(price -> price.origin() == Price.Origin.BUILT_IN)
                .map(Prices::seedKey)
                .collect(Collectors.toSet());
        var fresh =
                wanted.stream().filter(price -> !known.contains(seedKey(price))).toList();
        if (!fresh.isEmpty()) add(fresh, "hub");
    }

    private static List<Object> seedKey(Price price) {
        return List.of(price.provider(), price.model(), price.validFrom());
    }

    /** How many of these would be new. */
    public int countNew(List<Price> wanted) {
        return fresh(now.prices(), wanted).size();
    }

    private static List<Price> fresh(List<Price> standing, List<Price> wanted) {
        var byModel =
                standing.stream().collect(Collectors.groupingBy(price -> price.provider() + "\n" + price.model()));
        return wanted.stream()
                .filter(price -> byModel.getOrDefault(price.provider() + "\n" + price.model(), List.of()).stream()
                        .noneMatch(old -> saysTheSame(old, price)))
                .toList();
    }

    /** Has prices hold no longer. */
    public void end(List<Price> prices, String actor) {
        if (prices.isEmpty()) return;
        database.useTransaction(tx -> {
            rows.end(tx, prices.stream().map(Price::id).toList(), clock.instant());
            note(tx, actor, "prices.ended", prices);
        });
        refresh();
    }

    /** Notes that somebody compared a price with its source today. */
    public void confirm(Price price, String actor) {
        database.useTransaction(tx -> {
            var today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
            if (rows.confirm(tx, price.id(), today)) note(tx, actor, "prices.confirmed", List.of(price));
        });
        refresh();
    }

    /** Writes down what a currency is worth from a day on. */
    public void keep(PriceBook.Rate rate, String actor) {
        database.useTransaction(tx -> {
            rates.keep(tx, rate);
            note(tx, actor, "rate.set", rate);
        });
        refresh();
    }

    /** Forgets a rate; says whether it was there. */
    public boolean forget(String of, Instant validFrom, String actor) {
        boolean was = database.inTransaction(tx -> {
            var deleted = rates.delete(tx, of, validFrom);
            if (deleted) note(tx, actor, "rate.deleted", Map.of("currency", of, "validFrom", validFrom));
            return deleted;
        });
        refresh();
        return was;
    }

    private PriceBook book(Handle db) {
        return new PriceBook(currency.get(), rows.all(db), rates.all(db));
    }

    private void note(Handle tx, String actor, String action, List<Price> prices) {
        if (prices.isEmpty()) return;
        var models = prices.stream()
                .map(price -> price.provider() + "/" + price.model())
                .distinct()
                .limit(100)
                .toList();
        note(tx, actor, action, Map.of("count", prices.size(), "models", models));
    }

    private void note(Handle tx, String actor, String action, Object detail) {
        audit.append(tx, new AuditEntry(clock.instant(), actor, action, "prices", Optional.empty(), Json.text(detail)));
    }

    private static boolean isAbout(Price one, Price other) {
        return one.provider().equals(other.provider())
                && one.model().equals(other.model())
                && one.origin() == other.origin();
    }

    /** Whether a price is followed by itself: nothing to write down. */
    private static boolean saysTheSame(Price old, Price wanted) {
        return isAbout(old, wanted)
                && (old.validFrom().equals(wanted.validFrom()) || old.holdsAt(wanted.validFrom()))
                && old.validTo().equals(wanted.validTo())
                && old.currency().equals(wanted.currency())
                && old.managedBy().equals(wanted.managedBy())
                && Stream.concat(Stream.of(old.model()), old.aliases().stream())
                        .toList()
                        .equals(Stream.concat(Stream.of(wanted.model()), wanted.aliases().stream())
                                .toList())
                && Json.text(old.terms()).equals(Json.text(wanted.terms()));
    }
}
