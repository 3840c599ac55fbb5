package io.kefuhub.core.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Real databases for tests: one server per test run, started when it is first asked for, and a fresh migrated database
 * for everyone who asks. It is gone after the test class that asked.
 */
public final class TestDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String TEMPLATE = "migrated";
    private static final Queue<String> MADE = new ConcurrentLinkedQueue<>();

    private TestDatabase() {}

    /** A new, migrated, empty database; close it when done. */
    public static Database fresh() {
        return open(freshAddress());
    }

    /** Opens what {@link #freshAddress} gave. */
    public static Database open(DatabaseAddress address) {
        return Database.openMigrated(address, DatabaseWaits.USUAL);
    }

    /** The address of a new, migrated, empty database. */
    public static DatabaseAddress freshAddress() {
        var name = "test_" + COUNT.incrementAndGet();
        execute("create database " + name + " template " + TEMPLATE + " strategy file_copy");
        MADE.add(name);
        return Server.POSTGRES.address(name);
    }

    /** Whoever still holds a connection to one loses it. */
    static void dropAll() {
        for (var name = MADE.poll(); name != null; name = MADE.poll()) {
            execute("drop database " + name + " with (force)");
        }
    }

    private static void execute(String statement) {
        try (var connection =
                        Database.source(Server.POSTGRES.address("postgres")).getConnection();
                var creating = connection.createStatement()) {
            creating.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** Started by the first use. Nothing of it outlives the test run, so it need not be durable, nor tidy up. */
    private static final class Server {
        private static final List<String> SETTINGS = List.of(
                "fsync=off",
                "synchronous_commit=off",
                "full_page_writes=off",
                "wal_level=minimal",
                "max_wal_senders=0",
                "autovacuum=off",
                "max_wal_size=256MB",
                "max_connections=300");
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            var home = TestHome.inMemory();
            var postgres = EmbeddedPostgres.start(home, SETTINGS, line -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, home)));
            migrateTemplate(postgres);
            return postgres;
        }

        private static void migrateTemplate(EmbeddedPostgres postgres) {
            try (var connection = Database.source(postgres.address("postgres")).getConnection();
                    var creating = connection.createStatement()) {
                creating.executeUpdate("create database " + TEMPLATE);
            } catch (SQLException e) {
                throw new IllegalStateException("no template", e);
            }
            Schema.bringUpToDate(Database.source(postgres.address(TEMPLATE)));
        }

        private static void stop(EmbeddedPostgres postgres, Path home) {
            postgres.close();
            TestHome.delete(home);
        }
    }
}
