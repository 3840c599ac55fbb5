package io.kefuhub.bench.models;

import io.kefuhub.bench.Hub;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Looks into the hub's own books and counts. */
public final class ModelBooks implements AutoCloseable {
    private static final String ATTEMPTS =
            "select count(*), count(*) filter (where outcome = 'answered'), coalesce(sum(cost), 0) from attempt";
    private static final String OPEN = "select count(*) from reservation";
    private static final String SPENT = """
            select coalesce(sum(spent), 0), coalesce(sum(reserved), 0) from budget_period
            where scope = 'DESK' and period = 'MONTH'""";

    private final Connection connection;

    ModelBooks(Hub hub) throws SQLException, IOException {
        connection = hub.database().connect();
    }

    /**
     * What the books say.
     *
     * @param spent what the month's account of the desk says, which must be the sum of all attempts
     */
    public record Counts(long attempts, long answered, long cost, long spent, long reserved, long open) {
        boolean balances(long calls) {
            return attempts == calls && answered == calls && cost == spent && cost > 0 && reserved == 0 && open == 0;
        }
    }

    Counts count() throws SQLException {
        try (var statement = connection.createStatement();
                var attempts = statement.executeQuery(ATTEMPTS)) {
            attempts.next();
            try (var more = connection.createStatement();
                    var spent = more.executeQuery(SPENT)) {
                spent.next();
                return new Counts(
                        attempts.getLong(1),
                        attempts.getLong(2),
                        attempts.getLong(3),
                        spent.getLong(1),
                        spent.getLong(2),
                        open());
            }
        }
    }

    long open() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(OPEN)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
