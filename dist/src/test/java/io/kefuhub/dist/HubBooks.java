package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.bench.Hub;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** Looks into the database of a hub: what was asked and answered, and what stands in the books. */
record HubBooks(Hub hub) {
    long number(String query) throws SQLException, IOException {
        try (var connection = hub.database().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The second column by the first. */
    Map<String, Long> counts(String query) throws SQLException, IOException {
        try (var connection = hub.database().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var counts = new TreeMap<String, Long>();
            while (rows.next()) counts.put(rows.getString(1), rows.getLong(2));
            return counts;
        }
    }

    String text(String query) throws SQLException, IOException {
        try (var connection = hub.database().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    void noQuestionIsLostOrAnsweredTwice() throws SQLException, IOException {
        assertThat(counts("select state, count(*) from message where author = 'CUSTOMER' group by 1"))
                .as("states of questions")
                .containsKey("ANSWERED")
                .doesNotContainKeys("RECEIVED", "HELD", "REFUSED", "FAILED");
        assertThat(number("select count(answers) - count(distinct answers) from message where author = 'BOT'"))
                .as("questions that were answered twice")
                .isZero();
    }

    /** Waits for what is being settled; then every attempt has its line in the audit. */
    void balance() throws SQLException, IOException {
        var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (number("select count(*) from reservation") > 0) {
            assertThat(System.nanoTime() - end).as("everything is settled").isNegative();
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(number("select count(*) from attempt"))
                .isPositive()
                .isEqualTo(number("select count(*) from audit where action = 'model.asked'"))
                .isEqualTo(number("""
                        select count(distinct audit.subject) from audit
                        join attempt on audit.subject = 'attempt:' || attempt.id where audit.action = 'model.asked'"""));
        assertThat(number("select coalesce(sum(reserved), 0) from budget_period"))
                .as("reserved")
                .isZero();
    }
}
