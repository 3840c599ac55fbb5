package io.kefuhub.core.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Hands out connections first come, first served, and gives up after a bounded wait.
 *
 * <p>The pool alone starves callers when there are many more threads than connections: who has just given one back takes
 * it again.
 */
final class FairConnections implements ConnectionFactory {
    private final HikariDataSource pool;
    private final Semaphore turns;
    private final Duration wait;

    FairConnections(HikariDataSource pool, int size, Duration wait) {
        this.pool = pool;
        this.turns = new Semaphore(size, true);
        this.wait = wait;
    }

    @Override
    public Connection openConnection() throws SQLException {
        var end = System.nanoTime() + wait.toNanos();
        try {
            if (!turns.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SQLTransientConnectionException("all connections were busy for " + wait.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for a connection", "57014", e);
        }
        var taken = false;
        try {
            while (true) {
                try {
                    var connection = pool.getConnection();
                    taken = true;
                    return connection;
                } catch (SQLTransientConnectionException e) {
                    if (System.nanoTime() - end >= 0) {
                        throw e;
                    }
                }
            }
        } finally {
            if (!taken) {
                turns.release();
            }
        }
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        try {
            connection.close();
        } finally {
            turns.release();
        }
    }
}
