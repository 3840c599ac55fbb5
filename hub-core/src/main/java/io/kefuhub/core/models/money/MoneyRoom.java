package io.kefuhub.core.models.money;

import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.database.GroupWriter;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.models.money.price.PriceRoutes;
import io.kefuhub.core.models.money.price.Prices;
import io.kefuhub.core.models.money.price.StarterPrices;
import io.kefuhub.core.models.money.usage.UsageRoutes;
import io.kefuhub.core.telemetry.Metrics;
import io.kefuhub.core.web.RouteModule;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The books and all that belongs to them, put together. Safe for threads. */
public final class MoneyRoom implements AutoCloseable {
    private static final int ALERTS = 100;
    private static final double NANOS = 1e9;

    final Books books;
    final Prices prices;
    final Bookkeeper bookkeeper;
    final Recounts recounts;
    final Limits limits;
    private final Database database;
    private final Ids ids;
    private final InstantSource clock;
    private final Supplier<KeepingRules> keeping;
    private final Alerts alerts = new Alerts();
    private final Sweeper sweeper;

    /**
     * @param node which hub this is, of those that share a database
     * @param zone where days begin, until somebody says otherwise
     */
    public MoneyRoom(
            Database database,
            AuditLog audit,
            Ids ids,
            InstantSource clock,
            String node,
            ZoneId zone,
            Supplier<KeepingRules> keeping) {
        this(database, database.ledgerWriter(), audit, ids, clock, node, zone, keeping);
    }

    /** @param writer of the same database */
    MoneyRoom(
            Database database,
            GroupWriter writer,
            AuditLog audit,
            Ids ids,
            InstantSource clock,
            String node,
            ZoneId zone,
            Supplier<KeepingRules> keeping) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.keeping = keeping;
        books = new Books(database, audit, clock, BookRules.usual(zone));
        prices = new Prices(database, audit, clock, () -> books.rules().currency());
        books.whenChanged(prices::refresh);
        recounts = new Recounts(database, audit, ids, clock);
        sweeper = new Sweeper(new Upkeep(), clock, books::rules, keeping);
        var reservations = new Reservations(node, ids.next());
        var pen = new Pen(books, prices, reservations, ids, clock, sweeper::alerted, keeping);
        bookkeeper = new Bookkeeper(database, writer, books, prices, pen, reservations, clock);
        limits = new Limits(database, audit, ids, clock, () -> {
            bookkeeper.remember();
            sweeper.alerted();
        });
    }

    /** Settles what was left open, and begins to keep order. Before anybody asks a model. */
    public void start() {
        prices.seed(StarterPrices.read(ids));
        bookkeeper.recover();
        sweeper.alerted();
        sweeper.start();
    }

    public Ledger ledger() {
        return bookkeeper;
    }

    public Prices prices() {
        return prices;
    }

    public Limits limits() {
        return limits;
    }

    public Books books() {
        return books;
    }

    public List<RouteModule> routes() {
        return List.of(
                new PriceRoutes(prices, ids, clock, () -> books.rules().currency()),
                new BudgetRoutes(limits, books, this::alerts, recounts, clock),
                new UsageRoutes(database, books::rules, clock));
    }

    /** Shows how the budgets stand; nothing while the database is away. */
    public void addTo(Metrics metrics) {
        gauge(metrics, "kefuhub_budget_spent", "What is spent of a budget in its period.", Account::spent);
        gauge(metrics, "kefuhub_budget_reserved", "What is kept of a budget for calls under way.", Account::reserved);
        metrics.gauges(
                "kefuhub_budget_amount", "What a budget bounds, in the currency of the books.", unlessAway(() -> {
                    var values = new HashMap<Map<String, String>, Double>();
                    for (var budget : limits.all()) {
                        if (budget.enabled())
                            values.put(
                                    labels(budget.scope(), budget.subject(), budget.period()), budget.amount() / NANOS);
                    }
                    return values;
                }));
    }

    private void gauge(Metrics metrics, String name, String help, ToLongFunction<Account> amount) {
        metrics.gauges(name, help, unlessAway(() -> {
            var values = new HashMap<Map<String, String>, Double>();
            for (var account : limits.standing()) {
                var key = account.key();
                // Customers are many, and named nowhere but in the books.
                if (key.scope() == Scope.CUSTOMER) continue;
                values.merge(
                        labels(key.scope(), key.subject(), key.period()),
                        amount.applyAsLong(account) / NANOS,
                        Double::sum);
            }
            return values;
        }));
    }

    private static Supplier<Map<Map<String, String>, Double>> unlessAway(
            Supplier<Map<Map<String, String>, Double>> values) {
        return () -> {
            try {
                return values.get();
            } catch (DatabaseAwayException e) {
                return Map.of();
            }
        };
    }

    private static Map<String, String> labels(Scope scope, String subject, Period period) {
        return Map.of(
                "scope", scope.name().toLowerCase(Locale.ROOT),
                "subject", subject,
                "period", period.name().toLowerCase(Locale.ROOT));
    }

    private List<Alert> alerts(Instant since) {
        return database.read(db -> alerts.newest(db, since, ALERTS));
    }

    /** Has alerts told to somebody, each once or, after a crash, twice; by a thread that he may keep for a moment. */
    public void listen(Consumer<Alert> listener) {
        sweeper.listen(listener);
    }

    /** Has somebody look at the budgets each time they may stand otherwise; by a thread that he may keep for a moment. */
    public void listenToLooks(Runnable look) {
        sweeper.listenToLooks(look);
    }

    /** How many budgets want a person. */
    public int pressing() {
        return limits.pressing(keeping.get().pressing());
    }

    /** Goes by the rules as they are now, at once; does not wait. */
    public void rulesChanged() {
        sweeper.anew();
    }

    /** Has somebody do something each night, by a thread that he may keep for a while; what fails is done the next night. */
    public void everyNight(Runnable work) {
        sweeper.everyNight(work);
    }

    private final class Upkeep implements Sweeper.Work {
        @Override
        public void sweep() {
            books.refresh();
            prices.refresh();
            bookkeeper.sweep();
        }

        @Override
        public void recount() {
            recounts.run("hub");
        }

        @Override
        public List<Alert> untold() {
            return database.inTransaction(alerts::untold);
        }
    }

    @Override
    public void close() {
        sweeper.close();
    }
}
