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
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Every statement of the ledger that touches the {@code budget_period} table.
 *
 * <p>Whoever changes a row holds its lock, and locks are taken in the order of the ids: of two that want the same, one
 * waits and none is in the other's way.
 */
final class Accounts {
    private static final String LOCK = """
            with wanted as materialized (
                select array_agg(found.id) as ids
                from unnest(?, ?, ?, ?) as want (scope, subject, first, last)
                cross join lateral (
                    select period.id from budget_period period
                    where period.scope = want.scope and period.subject = want.subject
                        and period.period in ('DAY', 'MONTH') and period.starts_at > want.first - interval '32 days'
                        and period.starts_at <= want.last and period.ends_at > want.first
                    offset 0) as found)
            select id, scope, subject, period, starts_at, ends_at, reserved, spent, closed, alerted from budget_period
            where id = any((select ids from wanted)::uuid[])
            order by id for update""";

    /** What was spent and is kept since the period began counts, whenever its budget was made. */
    private static final String OPEN = """
            insert into budget_period (id, scope, subject, period, starts_at, ends_at, reserved, spent)
            select want.id, want.scope, want.subject, want.period, want.starts_at, want.ends_at,
                coalesce((select sum(kept.amount)::bigint from reservation kept
                    where %1$s and kept.at >= want.starts_at and kept.at < want.ends_at), 0),
                coalesce((select sum(made.cost)::bigint from attempt made
                    where %2$s and made.at >= want.starts_at and made.at < want.ends_at), 0)
            from unnest(?, ?, ?, ?, ?, ?) as want (id, scope, subject, period, starts_at, ends_at)
            order by want.id
            on conflict (scope, subject, period, starts_at) do nothing""";

    /**
     * Holds only for rows that stand as they were locked; should one ever not, it gets no amount, which the table refuses, and
     * nothing of the transaction counts.
     */
    private static final String CHANGE = """
            update budget_period set spent = now.spent, closed = now.closed <> 0, alerted = now.alerted,
                reserved = case when budget_period.reserved = now.old_reserved and budget_period.spent = now.old_spent
                    then now.reserved end
            from unnest(?, ?, ?, ?, ?, ?, ?)
                as now (id, old_reserved, old_spent, reserved, spent, closed, alerted)
            where budget_period.id = now.id""";

    private static final String CURRENT = """
            select id, scope, subject, period, starts_at, ends_at, reserved, spent, closed, alerted from budget_period
            where starts_at <= :now and ends_at > :now order by spent desc, id limit :limit""";
    private static final String REOPEN = """
            update budget_period set closed = false
            where scope = :scope and period = :period and (:subject = '*' or subject = :subject) and ends_at > :now
                and closed""";

    /** Where the accounts of somebody are sought, from a first to a last moment. */
    record Wanted(Scope scope, String subject, Instant first, Instant last) {
        Wanted and(Wanted other) {
            return new Wanted(
                    scope,
                    subject,
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last);
        }
    }

    /** An account that is not there yet. */
    record Opening(UUID id, Scope scope, String subject, Period period, Period.Span span) {}

    void lock(Script script, Collection<Wanted> wanted, Consumer<Account> to) {
        if (wanted.isEmpty()) return;
        script.query(
                LOCK,
                row -> to.accept(read(row)),
                Columns.of(wanted)
                        .texts(want -> want.scope().name())
                        .texts(Wanted::subject)
                        .moments(Wanted::first)
                        .moments(Wanted::last));
    }

    void open(Script script, List<Opening> openings) {
        for (var scope : Scope.values()) {
            var those = openings.stream().filter(some -> some.scope() == scope).toList();
            script.update(
                    OPEN.formatted(condition(scope, "kept"), condition(scope, "made")),
                    Columns.of(those)
                            .uuids(Opening::id)
                            .texts(some -> some.scope().name())
                            .texts(Opening::subject)
                            .texts(some -> some.period().name())
                            .moments(some -> some.span().start())
                            .moments(some -> some.span().end()));
        }
    }

    /** Writes how accounts stand now. */
    void change(Script script, Collection<Account> changed) {
        script.update(
                CHANGE,
                Columns.of(changed)
                        .uuids(account -> account.key().id())
                        .longs(account -> account.was().reserved())
                        .longs(account -> account.was().spent())
                        .longs(Account::reserved)
                        .longs(Account::spent)
                        .ints(account -> account.closed() ? 1 : 0)
                        .ints(Account::alerted));
    }

    /** The accounts of now, those first that have spent most. */
    List<Account> current(Handle db, Instant now, int limit) {
        return db.createQuery(CURRENT)
                .bind("now", now)
                .bind("limit", limit)
                .map((rs, _) -> read(rs))
                .list();
    }

    /** Lets the accounts of a budget take again; says how many did not. */
    int reopen(Handle tx, Budget budget, Instant now) {
        return tx.createUpdate(REOPEN)
                .bind("scope", budget.scope().name())
                .bind("subject", budget.subject())
                .bind("period", budget.period().name())
                .bind("now", now)
                .execute();
    }

    /** How the rows of a scope are found in a table that holds who pays. */
    static String condition(Scope scope, String table) {
        return switch (scope) {
            case HUB -> "true";
            case DESK -> table + ".desk = want.subject";
            case CHANNEL -> table + ".channel = want.subject";
            case ASSISTANT -> table + ".assistant = want.subject";
            case CUSTOMER -> table + ".customer = want.subject";
        };
    }

    private static Account read(ResultSet row) throws SQLException {
        return new Account(
                new Account.Key(
                        row.getObject("id", UUID.class),
                        Scope.valueOf(row.getString("scope")),
                        row.getString("subject"),
                        Period.valueOf(row.getString("period"))),
                new Period.Span(moment(row, "starts_at"), moment(row, "ends_at")),
                new Account.Balance(
                        row.getLong("reserved"),
                        row.getLong("spent"),
                        row.getBoolean("closed"),
                        row.getInt("alerted")));
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
