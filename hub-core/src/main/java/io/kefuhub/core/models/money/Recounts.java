package io.kefuhub.core.models.money;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.database.Jsonb;
import io.kefuhub.core.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts again what every budget has spent and kept, from the attempts and the open reservations, and raises an alarm where
 * the account says otherwise. One statement sees one state of the books, so it may run at any time.
 */
final class Recounts {
    private static final Logger LOG = LoggerFactory.getLogger(Recounts.class);
    private static final Duration LOOKS_BACK = Duration.ofDays(40);
    private static final int MOST_NAMED = 200;

    /** For each scope its own part, so that each finds its rows by an index. */
    private static final String COUNT = Stream.of(Scope.values())
            .map(scope -> """
                    select want.scope, want.subject, want.period, want.starts_at, want.reserved, want.spent,
                        coalesce((select sum(kept.amount)::bigint from reservation kept
                            where %s and kept.at >= want.starts_at and kept.at < want.ends_at), 0) as counted_reserved,
                        coalesce((select sum(made.cost)::bigint from attempt made
                            where %s and made.at >= want.starts_at and made.at < want.ends_at), 0) as counted_spent
                    from budget_period want where want.scope = '%s' and want.ends_at > :since""".formatted(Accounts.condition(scope, "kept"), Accounts.condition(scope, "made"), scope))
            .collect(Collectors.joining("\nunion all\n"));

    private static final String KEEP =
            "insert into recount (id, at, periods, differences) values (:id, :at, :periods, :differences)";
    private static final String LAST =
            "select at, periods, differences::text as differences from recount order by at desc limit 1";

    private final Database database;
    private final AuditLog audit;
    private final Ids ids;
    private final InstantSource clock;

    /** An account that says something else than the books. */
    record Difference(
            String budget, Instant periodStart, long reserved, long countedReserved, long spent, long countedSpent) {}

    /** @param periods how many accounts were counted */
    record Report(Instant at, int periods, List<Difference> differences) {}

    Recounts(Database database, AuditLog audit, Ids ids, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** Counts, and keeps what came of it. */
    Report run(String actor) {
        var now = clock.instant();
        var periods = new AtomicInteger();
        var differences = database.read(db -> db
                .createQuery(COUNT)
                .bind("since", now.minus(LOOKS_BACK))
                .map((rs, _) -> {
                    periods.incrementAndGet();
                    return new Difference(
                            Budget.name(
                                    Scope.valueOf(rs.getString("scope")),
                                    rs.getString("subject"),
                                    Period.valueOf(rs.getString("period"))),
                            rs.getTimestamp("starts_at").toInstant(),
                            rs.getLong("reserved"),
                            rs.getLong("counted_reserved"),
                            rs.getLong("spent"),
                            rs.getLong("counted_spent"));
                })
                .stream()
                .filter(found -> found.reserved() != found.countedReserved() || found.spent() != found.countedSpent())
                .limit(MOST_NAMED)
                .toList());
        var report = new Report(now, periods.get(), differences);
        keep(report, actor);
        if (!differences.isEmpty()) LOG.error("The accounts of budgets differ from the books: {}", differences);
        return report;
    }

    Optional<Report> last() {
        return database.read(db -> db.createQuery(LAST)
                .map((rs, _) -> new Report(
                        rs.getTimestamp("at").toInstant(),
                        rs.getInt("periods"),
                        List.of(Json.parse(rs.getString("differences"), Difference[].class))))
                .findOne());
    }

    private void keep(Report report, String actor) {
        var isRight = report.differences().isEmpty();
        database.useTransaction(tx -> {
            tx.createUpdate(KEEP)
                    .bind("id", ids.next())
                    .bind("at", report.at())
                    .bind("periods", report.periods())
                    .bind("differences", new Jsonb(Json.text(report.differences())))
                    .execute();
            audit.append(
                    tx,
                    new AuditEntry(
                            report.at(),
                            actor,
                            isRight ? "books.counted" : "books.differ",
                            "books",
                            Optional.empty(),
                            Json.text(report)));
        });
    }
}
