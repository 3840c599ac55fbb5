package io.kefuhub.core.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The hub's database: migrated when it is opened, read and written through here only. Safe for threads.
 *
 * <p>Work handed in may be run more than once (after a deadlock, or when the connection broke before the commit), so it
 * touches nothing but its handle. Never call a plugin, a model or the network inside it.
 */
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final int WRITERS = 2;
    private static final int CONFLICTS = 3;

    /**
     * The writers' few statements reach rows by their keys and are planned once: a plan made when a table was small must
     * not read all of it when it is large.
     */
    private static final String WRITER_PLANS = """
            set plan_cache_mode = force_generic_plan; set enable_seqscan = off;
            set enable_hashjoin = off; set enable_mergejoin = off""";

    private final HikariDataSource pool;
    private final HikariDataSource writing;
    private final DatabaseWaits waits;
    private final Outage outage = new Outage();
    private final Jdbi calls;
    private final GroupWriter writer;
    private final GroupWriter ledgerWriter;

    private Database(DatabaseAddress address, DatabaseWaits waits) {
        this.waits = waits;
        this.pool = new HikariDataSource(config(set(new PatientSource(), address), address, "database", CONNECTIONS));
        // The writers never stand in the callers' line.
        this.writing = writerPool(address);
        this.calls = Jdbi.create(new FairConnections(pool, CONNECTIONS, waits.call()));
        var writes = Jdbi.create(writing);
        ValueTypes.register(calls);
        ValueTypes.register(writes);
        this.writer = new GroupWriter("group-writer", writes::open, waits.write(), outage);
        this.ledgerWriter = new GroupWriter("ledger-writer", writes::open, waits.write(), outage);
    }

    /**
     * Migrates and opens the database.
     *
     * @throws DatabaseAwayException when it cannot be reached, after {@link DatabaseWaits#open()}
     */
    public static Database open(DatabaseAddress address) {
        return open(address, DatabaseWaits.USUAL);
    }

    public static Database open(DatabaseAddress address, DatabaseWaits waits) {
        Arrival.await(source(address), address, waits.open());
        Schema.bringUpToDate(source(address));
        return new Database(address, waits);
    }

    /** Opens a copy of a database that was migrated already. */
    static Database openMigrated(DatabaseAddress address, DatabaseWaits waits) {
        return new Database(address, waits);
    }

    /**
     * Reads a database as it stands at one moment, and changes nothing in it, neither its tables.
     *
     * @throws DatabaseAwayException when it cannot be reached, or holds other tables than this hub knows
     */
    public static <R> R inspect(DatabaseAddress address, Function<Handle, R> work) {
        var source = source(address);
        if (!Schema.isUpToDate(source)) {
            throw new DatabaseAwayException("The database at " + address
                    + " cannot be opened, or a hub of another version was the last to run on it.");
        }
        try (var connection = source.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            var jdbi = Jdbi.create(connection);
            ValueTypes.register(jdbi);
            return jdbi.withHandle(work::apply);
        } catch (SQLException e) {
            throw new DatabaseAwayException("The database at " + address + " went away: " + e.getMessage(), e);
        }
    }

    /**
     * Runs work in a transaction and commits it.
     *
     * @throws DatabaseAwayException when the database is away; if that was during the commit, the outcome is unknown
     */
    public <R> R inTransaction(Function<Handle, R> work) {
        return repeat(handle -> commit(handle, work));
    }

    /** {@link #inTransaction} for work without a result. */
    public void useTransaction(Consumer<Handle> work) {
        inTransaction(handle -> {
            work.accept(handle);
            return true;
        });
    }

    /** Runs statements that only read, each by itself. */
    public <R> R read(Function<Handle, R> work) {
        return repeat(work);
    }

    public GroupWriter writer() {
        return writer;
    }

    /**
     * The one of the ledger, whose rows nobody else writes: a reservation does not wait for the commit of messages, nor an
     * answer for that of what it did cost. What both were handed is committed in any order.
     */
    public GroupWriter ledgerWriter() {
        return ledgerWriter;
    }

    /** Whether the database answers now; waits two seconds at most. */
    public boolean reachable() {
        try (var connection = pool.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** How many connections callers hold at this moment, the writers' apart. */
    public int connectionsInUse() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    /** Writes what has queued, then lets go of the connections. */
    @Override
    public void close() {
        writer.close();
        ledgerWriter.close();
        writing.close();
        pool.close();
    }

    private <R> R repeat(Function<Handle, R> step) {
        var end = System.nanoTime() + waits.call().toNanos();
        var conflicts = 0;
        while (true) {
            try (var handle = calls.open()) {
                var result = step.apply(handle);
                outage.ends();
                return result;
            } catch (DatabaseAwayException e) {
                away(e);
                throw e;
            } catch (RuntimeException e) {
                switch (Fault.of(e)) {
                    case CONFLICT -> {
                        if (++conflicts > CONFLICTS) {
                            throw e;
                        }
                    }
                    case AWAY -> {
                        if (System.nanoTime() - end >= 0) {
                            away(e);
                            throw new DatabaseAwayException("The database is away.", e);
                        }
                        Pause.milliseconds(50);
                    }
                    case FULL, OWN -> throw e;
                }
            }
        }
    }

    /** Whoever is interrupted breaks the connection that it holds: nothing is wrong with the database then. */
    private void away(RuntimeException failure) {
        if (!Thread.currentThread().isInterrupted()) outage.begins(Fault.AWAY, failure);
    }

    private static <R> R commit(Handle handle, Function<Handle, R> work) {
        handle.begin();
        R result;
        try {
            result = work.apply(handle);
        } catch (RuntimeException | Error e) {
            rollback(handle, e);
            throw e;
        }
        try {
            handle.commit();
            return result;
        } catch (RuntimeException e) {
            if (Fault.of(e) == Fault.AWAY) {
                throw new DatabaseAwayException("The connection broke during a commit; its outcome is unknown.", e);
            }
            throw e;
        }
    }

    static void rollback(Handle handle, Throwable cause) {
        try {
            handle.rollback();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private static HikariDataSource writerPool(DatabaseAddress address) {
        var source = set(new PatientSource(), address);
        source.setPrepareThreshold(1);
        var config = config(source, address, "writer", WRITERS);
        config.setConnectionInitSql(WRITER_PLANS);
        return new HikariDataSource(config);
    }

    private static HikariConfig config(PGSimpleDataSource source, DatabaseAddress address, String name, int size) {
        if (address.socket().isEmpty()) {
            // A peer that vanished without a word must not hold a caller for ever.
            source.setSocketTimeout(60);
        }
        var config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(2, size));
        config.setConnectionTimeout(1_000);
        config.setValidationTimeout(1_000);
        config.setInitializationFailTimeout(-1);
        return config;
    }

    /** Gives single connections, and says at once when there is none. */
    static PGSimpleDataSource source(DatabaseAddress address) {
        return set(new PGSimpleDataSource(), address);
    }

    private static PGSimpleDataSource set(PGSimpleDataSource source, DatabaseAddress address) {
        source.setUrl(address.jdbcUrl());
        source.setUser(address.user());
        source.setPassword(address.password());
        source.setApplicationName("kefuhub");
        source.setTcpKeepAlive(true);
        source.setLogServerErrorDetail(false);
        source.setConnectTimeout(5);
        source.setLoginTimeout(10);
        address.socket().ifPresent(socket -> {
            source.setSocketFactory(UnixSocketFactory.class.getName());
            source.setSocketFactoryArg(socket.toString());
        });
        return source;
    }
}
