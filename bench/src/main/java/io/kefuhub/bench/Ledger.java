package io.kefuhub.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Looks into the hub's own database and counts. */
final class Ledger implements AutoCloseable {
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

    private final Connection connection;

    /**
     * @param questions stored
     * @param answered of these
     * @param answers that may be seen
     * @param distinct questions that have an answer
     * @param broken conversations whose events have a gap
     */
    record Counts(long questions, long answered, long answers, long distinct, long broken) {
        Counts minus(Counts before) {
            return new Counts(
                    questions - before.questions,
                    answered - before.answered,
                    answers - before.answers,
                    distinct - before.distinct,
                    broken);
        }

        /** Whether every question is stored once and answered once, and every answer was seen. */
        boolean balances(long asked, long seen) {
            return asked == seen
                    && questions == asked
                    && answered == asked
                    && answers == seen
                    && distinct == seen
                    && broken == 0;
        }
    }

    Ledger(Hub hub) throws SQLException, IOException {
        connection = hub.database().connect();
    }

    Counts count() throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery(COUNTS)) {
                rows.next();
                return new Counts(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4), broken());
            }
        }
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
