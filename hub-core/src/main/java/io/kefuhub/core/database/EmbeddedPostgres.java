package io.kefuhub.core.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that comes with the hub: real, durable, reached through a socket file only, and restarted when it dies.
 *
 * <p>Its files lie in {@code data/} of the hub's home; a lock there keeps a second hub out. Safe for threads.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String NAME = "kefuhub";
    /** What the operating system allows for a socket's path, with the file's own name taken off. */
    private static final int LONGEST_SOCKET_FOLDER = 107 - "/.s.PGSQL.5432".length();

    /** Of PostgreSQL's pid file, from 0. */
    private static final int SOCKET_LINE = 4;

    private static final long BIGGEST_LOG = 10L << 20;
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=",
            "unix_socket_permissions=0700",
            "fsync=on",
            "synchronous_commit=on",
            "shared_buffers=128MB",
            "max_wal_size=4GB",
            "checkpoint_timeout=15min",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
            // Neither statements nor the values that a refused row holds: they are what customers wrote.
            "log_min_error_statement=panic",
            "log_error_verbosity=terse");

    private final FolderLock lock;
    private final PostgresProcess.Plan plan;
    private final String password;
    private volatile PostgresProcess running;
    private volatile boolean closing;

    private EmbeddedPostgres(FolderLock lock, PostgresProcess.Plan plan, String password) throws IOException {
        this.lock = lock;
        this.plan = plan;
        this.password = password;
        this.running = PostgresProcess.start(plan);
        Thread.ofPlatform().name("postgres-watch").daemon().start(this::keepRunning);
    }

    /**
     * Starts it, creating whatever is missing below the home folder.
     *
     * @param progress told in one line what takes long
     * @throws DataFolderInUseException when another hub runs on this home
     * @throws EmbeddedPostgresException when it cannot run here; says what to do
     */
    public static EmbeddedPostgres start(Path home, Consumer<String> progress) {
        return start(home, List.of(), progress);
    }

    static EmbeddedPostgres start(Path home, List<String> settings, Consumer<String> progress) {
        try {
            var data = Files.createDirectories(home.toAbsolutePath().normalize().resolve("data"))
                    .toRealPath();
            var lock = FolderLock.take(data);
            try {
                return start(data, lock, settings, progress);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException("PostgreSQL cannot use " + home + ": " + e, e);
        }
    }

    private static EmbeddedPostgres start(Path data, FolderLock lock, List<String> settings, Consumer<String> progress)
            throws IOException {
        var account = Account.choose(data);
        var programs = PostgresBinaries.unpack(data, progress);
        var cluster = Cluster.in(data, programs, account, progress);
        var all = new java.util.ArrayList<>(SETTINGS);
        all.addAll(settings);
        var plan = new PostgresProcess.Plan(
                programs, cluster.files(), socketFolder(data, account), log(data), account, all);
        var postgres = new EmbeddedPostgres(lock, plan, cluster.password());
        try {
            postgres.createDatabase(NAME);
        } catch (SQLException e) {
            postgres.close();
            throw new EmbeddedPostgresException("PostgreSQL started but refuses the hub: " + e.getMessage(), e);
        }
        return postgres;
    }

    /** Where the one is that a hub runs on this home now; empty if none does. */
    public static Optional<DatabaseAddress> running(Path home) throws IOException {
        var data = home.resolve("data").toRealPath();
        if (isFree(data)) return Optional.empty();
        var lines = Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid"));
        if (lines.size() <= SOCKET_LINE) throw new EmbeddedPostgresException("PostgreSQL is only just starting.");
        var socket = Path.of(lines.get(SOCKET_LINE).strip()).resolve(".s.PGSQL.5432");
        var password = Files.readString(data.resolve("postgres.password")).strip();
        return Optional.of(new DatabaseAddress(
                "jdbc:postgresql://localhost/" + NAME, Cluster.USER, password, Optional.of(socket)));
    }

    private static boolean isFree(Path data) throws IOException {
        try (var _ = FolderLock.take(data)) {
            return true;
        } catch (DataFolderInUseException e) {
            return false;
        }
    }

    /** Where its database is; the same after every start. */
    public DatabaseAddress address() {
        return address(NAME);
    }

    DatabaseAddress address(String database) {
        return new DatabaseAddress(
                "jdbc:postgresql://localhost/" + database, Cluster.USER, password, Optional.of(plan.socket()));
    }

    /** The process that runs now. */
    public long pid() {
        return running.pid();
    }

    /** Stops it cleanly and lets go of the data folder. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        try {
            running.stop();
            if (!plan.sockets().startsWith(plan.files().resolveSibling("run"))) {
                Folders.delete(plan.sockets());
            }
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keepRunning() {
        var wait = 50L;
        while (!closing) {
            try {
                var result = running.await();
                synchronized (this) {
                    if (!closing) {
                        LOG.warn("PostgreSQL ended by itself with {}; starting it again", result);
                        running = PostgresProcess.start(plan);
                        wait = 50;
                    }
                }
            } catch (IOException | EmbeddedPostgresException e) {
                LOG.warn("PostgreSQL did not come back yet: {}", e.getMessage());
                Pause.milliseconds(wait);
                wait = Math.min(5_000, wait * 2);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void createDatabase(String name) throws SQLException {
        try (var connection = Database.source(address("postgres")).getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
            if (!found.next()) {
                statement.executeUpdate("create database " + name);
            }
        }
    }

    private static Path socketFolder(Path data, Account account) throws IOException {
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var folder = data.resolve("run");
        if (folder.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_FOLDER) {
            folder = Files.createTempDirectory("kefuhub-", onlyOwner);
        } else if (!Files.exists(folder)) {
            Files.createDirectory(folder, onlyOwner);
        }
        account.own(folder);
        return folder;
    }

    private static Path log(Path data) throws IOException {
        var log = Files.createDirectories(data.resolveSibling("logs")).resolve("postgres.log");
        if (Files.exists(log) && Files.size(log) > BIGGEST_LOG) {
            Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }
}
