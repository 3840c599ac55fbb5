package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.HubDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** Looks into the database of a hub: what was asked and answered, and what stands in the books. */
record HubBooks(HubDatabase database) {
    /** What accounts say beyond what their attempts did cost, or short of it. */
    private static final String UNEVEN = """
            select counted.scope || ' ' || counted.subject || ' ' || counted.period, counted.spent - counted.cost from (
                select account.*, (
                    select coalesce(sum(made.cost), 0) from attempt made
                    where made.at >= account.starts_at and made.at < account.ends_at and case account.scope
                        when 'HUB' then true
                        when 'DESK' then made.desk = account.subject
                        when 'CHANNEL' then made.channel = account.subject
                        when 'ASSISTANT' then made.assistant = account.subject
                        when 'CUSTOMER' then made.customer = account.subject end) as cost
                from budget_period account) counted
            where counted.spent <> counted.cost""";

    HubBooks(Hub hub) {
        this(hub.database());
    }

    long number(String query) throws SQLException, IOException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The second column by the first. */
    Map<String, Long> counts(String query) throws SQLException, IOException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var counts = new TreeMap<String, Long>();
            while (rows.next()) counts.put(rows.getString(1), rows.getLong(2));
            return counts;
        }
    }

    String text(String query) throws SQLException, IOException {
        try (var connection = database.connect();
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

    /** Waits for what is being settled; then every attempt has its line in the audit, and accounts say what attempts did cost. */
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
        assertThat(counts(UNEVEN)).as("spent without an attempt").isEmpty();
    }
}
