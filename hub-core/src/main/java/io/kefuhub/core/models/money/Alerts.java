package io.kefuhub.core.models.money;

import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.Script;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code budget_alert} table, and nothing else. */
final class Alerts {
    private static final String COLUMNS = "period_id, percent, at, scope, subject, period, starts_at, spent, amount";
    private static final String INSERT = """
            insert into budget_alert (period_id, percent, at, scope, subject, period, starts_at, spent, amount)
            select period_id, percent, at, scope, subject, period, starts_at, spent, amount
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                as alert (period_id, percent, at, scope, subject, period, starts_at, spent, amount)
            on conflict (period_id, percent) do nothing""";
    private static final String UNTOLD =
            "select " + COLUMNS + " from budget_alert where not told order by at limit 100 for update skip locked";
    private static final String TOLD = """
            update budget_alert set told = true
            where (period_id, percent) in (select * from unnest(:periods, :percents))""";
    private static final String NEWEST =
            "select " + COLUMNS + " from budget_alert where at >= :since order by at desc limit :limit";

    void insert(Script script, Collection<Alert> alerts) {
        script.update(
                INSERT,
                Columns.of(alerts)
                        .uuids(Alert::account)
                        .ints(Alert::percent)
                        .moments(Alert::at)
                        .texts(alert -> alert.scope().name())
                        .texts(Alert::subject)
                        .texts(alert -> alert.period().name())
                        .moments(Alert::periodStart)
                        .longs(Alert::spent)
                        .longs(Alert::amount));
    }

    /** Those that were told to nobody yet; told when the transaction ends well. */
    List<Alert> untold(Handle tx) {
        var alerts = tx.createQuery(UNTOLD).map((rs, _) -> read(rs)).list();
        if (alerts.isEmpty()) return alerts;
        tx.createUpdate(TOLD)
                .bindArray(
                        "periods",
                        UUID.class,
                        alerts.stream().map(Alert::account).toList())
                .bindArray(
                        "percents",
                        Integer.class,
                        alerts.stream().map(Alert::percent).toList())
                .execute();
        return alerts;
    }

    List<Alert> newest(Handle db, Instant since, int limit) {
        return db.createQuery(NEWEST)
                .bind("since", since)
                .bind("limit", limit)
                .map((rs, _) -> read(rs))
                .list();
    }

    private static Alert read(ResultSet rs) throws SQLException {
        return new Alert(
                rs.getObject("period_id", UUID.class),
                rs.getInt("percent"),
                rs.getObject("at", OffsetDateTime.class).toInstant(),
                Scope.valueOf(rs.getString("scope")),
                rs.getString("subject"),
                Period.valueOf(rs.getString("period")),
                rs.getObject("starts_at", OffsetDateTime.class).toInstant(),
                rs.getLong("spent"),
                rs.getLong("amount"));
    }
}
