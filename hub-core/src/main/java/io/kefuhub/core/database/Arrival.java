package io.kefuhub.core.database;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at start for a database that is still coming up. */
final class Arrival {
    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);

    private Arrival() {}

    static void await(DataSource source, DatabaseAddress address, Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        var told = false;
        while (true) {
            try (var connection = source.getConnection()) {
                return;
            } catch (SQLException e) {
                if (Fault.of(e) != Fault.AWAY || System.nanoTime() - end >= 0 || Thread.interrupted()) {
                    throw new DatabaseAwayException(
                            "The database at " + address + " cannot be opened: " + e.getMessage(), e);
                }
                if (!told) {
                    LOG.info("Waiting up to {} s for the database at {}", limit.toSeconds(), address);
                    told = true;
                }
                Pause.milliseconds(200);
            }
        }
    }
}
