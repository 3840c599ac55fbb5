package io.kefuhub.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Looks into the hub's own database and counts. */
public final class Ledger implements AutoCloseable {
    private static final String COUNTS = """
            select count(*) filter (where author = 'CUSTOMER'),
                   count(*) filter (where author = 'CUSTOMER' and state = 'ANSWERED'),
                   count(*) filter (where author = 'BOT' and state in ('READY', 'SENT')),
                   count(distinct answers) filter (where author = 'BOT')
            from message""";
    private static final String BROKEN = """
            select count(*) from (
                select 1 from event where seq is not null
                group by conversation_id having max(seq) <> count(*) or min(seq) <> 1) broken""";

    private static final String JUDGED = """
            select judged ->> 'version', count(*)
            from message, jsonb_array_elements(trace -> 'filtersIn') judged
            where author = 'BOT' and judged ->> 'filter' = ? and judged ->> 'verdict' = 'pass'
            group by 1""";
    private static final String ANSWERED = """
            select trace ->> 'responderVersion', count(*) from message
            where author = 'BOT' and trace ->> 'responder' = ? group by 1""";

    private final Connection connection;

    /**
     * @param questions stored
     * @param answered of these
     * @param answers that may be seen
     * @param distinct questions that have an answer
     * @param broken conversations whose events have a gap
     */
    public record Counts(long questions, long answered, long answers, long distinct, long broken) {
        public Counts minus(Counts before) {
            return new Counts(
                    questions - before.questions,
                    answered - before.answered,
                    answers - before.answers,
                    distinct - before.distinct,
                    broken);
        }

        /** Whether every question is stored once and answered once, and every answer was seen. */
        public boolean balances(long asked, long seen) {
            return asked == seen
                    && questions == asked
                    && answered == asked
                    && answers == seen
                    && distinct == seen
                    && broken == 0;
        }
    }

    public Ledger(Hub hub) throws SQLException, IOException {
        connection = hub.database().connect();
    }

    public Counts count() throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery(COUNTS)) {
                rows.next();
                return new Counts(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4), broken());
            }
        }
    }

    /** How many questions each version of a filter has judged, by version. */
    public Map<String, Long> judgedBy(String filter) throws SQLException {
        return byVersion(JUDGED, filter);
    }

    /** How many answers each version of a responder gave, by version. */
    public Map<String, Long> answeredBy(String responder) throws SQLException {
        return byVersion(ANSWERED, responder);
    }

    private Map<String, Long> byVersion(String query, String name) throws SQLException {
        var counts = new TreeMap<String, Long>();
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }

    private long broken() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(BROKEN)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
