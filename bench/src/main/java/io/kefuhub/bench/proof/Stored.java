package io.kefuhub.bench.proof;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How far conversations have come, by the database. */
final class Stored {
    private Stored() {}

    /** What inboxes must show, by the conversation's id. */
    static Map<String, Agent.Summary> all(Connection database) throws SQLException {
        var all = new HashMap<String, Agent.Summary>();
        try (var select = database.createStatement();
                var row = select.executeQuery("select id::text, feed, seq, mode from conversation")) {
            while (row.next()) {
                all.put(
                        row.getString(1),
                        new Agent.Summary(
                                row.getLong(2), row.getLong(3), row.getString(4).toLowerCase(Locale.ROOT)));
            }
        }
        return all;
    }
}
