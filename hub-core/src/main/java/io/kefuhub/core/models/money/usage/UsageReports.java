package io.kefuhub.core.models.money.usage;

import io.kefuhub.core.conversation.TurnOutcomes;
import io.kefuhub.core.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** Counts attempts and refusals of a bounded time, in one statement a question. Safe for threads. */
final class UsageReports {
    private static final String FILTER = """
            at >= :from and at < :to and (:desk = '' or desk = :desk) and (:model = '' or model = :model)
            and (:purpose = '' or purpose = :purpose)""";
    private static final String GROUPED = """
            with asked as (
                select %1$s as key, count(*) as calls, count(*) filter (where outcome = 'answered') as answered,
                    sum(input_tokens)::bigint as input, sum(cached_tokens)::bigint as cached,
                    sum(output_tokens)::bigint as output, sum(cost)::bigint as cost,
                    count(*) filter (where source = 'ESTIMATED') as estimated,
                    count(*) filter (where over_reserved) as over_reserved,
                    percentile_disc(0.5) within group (order by first_content_ms) as first_p50,
                    percentile_disc(0.95) within group (order by first_content_ms) as first_p95
                from attempt where %3$s group by 1
            ), refused as (
                select %2$s as key, count(*) as refusals from budget_refusal where %3$s group by 1
            )
            select coalesce(asked.key, refused.key) as key, coalesce(calls, 0) as calls,
                coalesce(answered, 0) as answered, coalesce(input, 0) as input, coalesce(cached, 0) as cached,
                coalesce(output, 0) as output, coalesce(cost, 0) as cost, coalesce(estimated, 0) as estimated,
                coalesce(over_reserved, 0) as over_reserved, first_p50, first_p95, coalesce(refusals, 0) as refusals
            from asked full join refused on refused.key = asked.key
            order by %4$s limit :limit""";
    private static final String ATTEMPTS = """
            select id, at, desk, channel, assistant, purpose, alias, deployment, provider, model, outcome, detail, source,
                input_tokens, cached_tokens, output_tokens, reasoning_tokens, price_id, currency, rate::text as rate, tier,
                time_window, reserved, cost, over_reserved, on_grace, first_content_ms, whole_ms, conversation_id
            from attempt where %s and (:conversation = '' or conversation_id::text = :conversation)
            order by at desc, id desc limit :limit""".formatted(FILTER);

    private final Database database;
    private final TurnOutcomes turns = new TurnOutcomes();

    /** What rows are counted together by. */
    enum By {
        DESK("desk", "desk"),
        CHANNEL("channel", "''"),
        ASSISTANT("assistant", "''"),
        ALIAS("alias", "alias"),
        DEPLOYMENT("deployment", "''"),
        MODEL("provider || '/' || model", "provider || '/' || model"),
        PURPOSE("purpose", "purpose"),
        OUTCOME("outcome", "'refused'"),
        DAY("to_char(at at time zone :zone, 'YYYY-MM-DD')", "to_char(at at time zone :zone, 'YYYY-MM-DD')"),
        HOUR(
                "to_char(at at time zone :zone, 'YYYY-MM-DD\"T\"HH24')",
                "to_char(at at time zone :zone, 'YYYY-MM-DD\"T\"HH24')");

        private final String sql;

        By(String attempts, String refusals) {
            var order = name().equals("DAY") || name().equals("HOUR") ? "1" : "cost desc, 1";
            sql = GROUPED.formatted(attempts, refusals, FILTER, order);
        }
    }

    /**
     * Of what.
     *
     * @param desk empty for all, as are the others
     * @param conversation counts for single attempts only
     */
    record Of(Instant from, Instant to, String desk, String model, String purpose, String conversation) {}

    /**
     * Calls counted together.
     *
     * @param cost in 10⁻⁹ of the currency of the books
     * @param firstP50 milliseconds until the first text
     */
    record Row(
            String key,
            long calls,
            long answered,
            long input,
            long cached,
            long output,
            long cost,
            long estimated,
            long overReserved,
            Optional<Long> firstP50,
            Optional<Long> firstP95,
            long refusals) {}

    /** One attempt, as it stands in the books. */
    record Attempt(
            UUID id,
            Instant at,
            Asked asked,
            String outcome,
            String detail,
            String source,
            Tokens tokens,
            Cost cost,
            Optional<Long> firstContentMs,
            Optional<Long> wholeMs) {}

    record Asked(
            String desk,
            String channel,
            String assistant,
            String purpose,
            String alias,
            String deployment,
            String provider,
            String model,
            Optional<UUID> conversation) {}

    record Tokens(long input, long cached, long output, long reasoning) {}

    record Cost(
            long amount,
            long reserved,
            Optional<UUID> price,
            String currency,
            String rate,
            String tier,
            String window,
            boolean overReserved,
            boolean onGrace) {}

    UsageReports(Database database) {
        this.database = database;
    }

    List<Row> grouped(By by, Of of, ZoneId zone, int limit) {
        return database.read(db -> {
            var query = bound(db.createQuery(by.sql), of).bind("limit", limit);
            if (by == By.DAY || by == By.HOUR) query.bind("zone", name(zone));
            return query.map((rs, _) -> row(rs)).list();
        });
    }

    /** Single attempts, newest first. */
    List<Attempt> attempts(Of of, int limit) {
        return database.read(db -> bound(db.createQuery(ATTEMPTS), of)
                .bind("conversation", of.conversation())
                .bind("limit", limit)
                .map((rs, _) -> attempt(rs))
                .list());
    }

    /** How turns ended, those without a call to a model too. */
    List<TurnOutcomes.Counted> answers(Of of, ZoneId zone, boolean byHour, int limit) {
        var wanted = new TurnOutcomes.Of(of.from(), of.to(), of.desk(), byHour, name(zone), limit);
        return database.read(db -> turns.count(db, wanted));
    }

    /** As PostgreSQL reads it, which counts offsets to the west. */
    private static String name(ZoneId zone) {
        if (!zone.getRules().isFixedOffset()) return zone.getId();
        var seconds = zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds();
        var minutes = Math.abs(seconds) / 60;
        return "<here>%s%02d:%02d".formatted(seconds > 0 ? "-" : "+", minutes / 60, minutes % 60);
    }

    private static Query bound(Query query, Of of) {
        return query.bind("from", of.from())
                .bind("to", of.to())
                .bind("desk", of.desk())
                .bind("model", of.model())
                .bind("purpose", of.purpose());
    }

    private static Row row(ResultSet rs) throws SQLException {
        return new Row(
                rs.getString("key"),
                rs.getLong("calls"),
                rs.getLong("answered"),
                rs.getLong("input"),
                rs.getLong("cached"),
                rs.getLong("output"),
                rs.getLong("cost"),
                rs.getLong("estimated"),
                rs.getLong("over_reserved"),
                number(rs, "first_p50"),
                number(rs, "first_p95"),
                rs.getLong("refusals"));
    }

    private static Attempt attempt(ResultSet rs) throws SQLException {
        var asked = new Asked(
                rs.getString("desk"),
                rs.getString("channel"),
                rs.getString("assistant"),
                rs.getString("purpose"),
                rs.getString("alias"),
                rs.getString("deployment"),
                rs.getString("provider"),
                rs.getString("model"),
                Optional.ofNullable(rs.getObject("conversation_id", UUID.class)));
        var cost = new Cost(
                rs.getLong("cost"),
                rs.getLong("reserved"),
                Optional.ofNullable(rs.getObject("price_id", UUID.class)),
                rs.getString("currency"),
                Optional.ofNullable(rs.getString("rate")).orElse(""),
                rs.getString("tier"),
                rs.getString("time_window"),
                rs.getBoolean("over_reserved"),
                rs.getBoolean("on_grace"));
        return new Attempt(
                rs.getObject("id", UUID.class),
                rs.getObject("at", OffsetDateTime.class).toInstant(),
                asked,
                rs.getString("outcome"),
                rs.getString("detail"),
                rs.getString("source"),
                new Tokens(
                        rs.getLong("input_tokens"),
                        rs.getLong("cached_tokens"),
                        rs.getLong("output_tokens"),
                        rs.getLong("reasoning_tokens")),
                cost,
                number(rs, "first_content_ms"),
                number(rs, "whole_ms"));
    }

    private static Optional<Long> number(ResultSet rs, String column) throws SQLException {
        var number = rs.getLong(column);
        return rs.wasNull() ? Optional.empty() : Optional.of(number);
    }
}
