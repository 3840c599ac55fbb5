package io.kefuhub.core.models.money;

import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.GroupWriter;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.models.money.price.Prices;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/** The books and all that belongs to them, put together. Safe for threads. */
public final class MoneyRoom implements AutoCloseable {
    final Books books;
    final Prices prices;
    final Bookkeeper bookkeeper;
    final Recounts recounts;
    private final Database database;
    private final Alerts alerts = new Alerts();
    private final Sweeper sweeper;

    /**
     * @param node which hub this is, of those that share a database
     * @param zone where days begin, until somebody says otherwise
     */
    public MoneyRoom(Database database, AuditLog audit, Ids ids, InstantSource clock, String node, ZoneId zone) {
        this(database, database.writer(), audit, ids, clock, node, zone);
    }

    /** @param writer of the same database */
    MoneyRoom(
            Database database,
            GroupWriter writer,
            AuditLog audit,
            Ids ids,
            InstantSource clock,
            String node,
            ZoneId zone) {
        this.database = database;
        books = new Books(database, audit, clock, BookRules.usual(zone));
        prices = new Prices(database, audit, clock, () -> books.rules().currency());
        recounts = new Recounts(database, audit, ids, clock);
        sweeper = new Sweeper(new Upkeep(), clock, books::rules);
        var reservations = new Reservations(node, ids.next());
        var pen = new Pen(books, prices, reservations, ids, clock, sweeper::alerted);
        bookkeeper = new Bookkeeper(database, writer, books, prices, pen, reservations, clock);
    }

    /** Settles what was left open, and begins to keep order. Before anybody asks a model. */
    public void start() {
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

    /** Has alerts told to somebody, each once or, after a crash, twice; by a thread that he may keep for a moment. */
    public void listen(Consumer<Alert> listener) {
        sweeper.listen(listener);
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
