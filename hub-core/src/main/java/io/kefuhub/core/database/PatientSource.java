package io.kefuhub.core.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Gives a connection as soon as the server takes any, however long it was away. For a pool: one that is told of failures
 * rests for seconds between two tries, and would still be resting when the server is back.
 */
final class PatientSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;
    private static final long PAUSE_MILLIS = 100;

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        while (true) {
            try {
                return super.getConnection(user, password);
            } catch (SQLException e) {
                if (Fault.of(e) != Fault.AWAY || Thread.currentThread().isInterrupted()) throw e;
                Pause.milliseconds(PAUSE_MILLIS);
            }
        }
    }
}
