package io.kefuhub.core.models.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Every statement that touches the {@code model_deployment} table, and nothing else. */
public final class Deployments {
    private static final String ALL = """
            select key, title, instance, model, context_window, max_output, pictures, reasoning, local, weight,
                concurrency, requests_per_minute, tokens_per_minute, first_content_ms, gap_ms, whole_ms, unpriced,
                bills_failures, enabled, off_reason, off_at, off_setup, managed_by
            from model_deployment order by key""";
    private static final String KEEP = """
            insert into model_deployment (key, title, instance, model, context_window, max_output, pictures, reasoning,
                local, weight, concurrency, requests_per_minute, tokens_per_minute, first_content_ms, gap_ms, whole_ms,
                unpriced, bills_failures, enabled, off_reason, off_at, off_setup, managed_by, changed_at)
            values (:key, :title, :instance, :model, :window, :maxOutput, :pictures, :reasoning, :local, :weight,
                :concurrency, :requests, :tokens, :firstContent, :gap, :whole, :unpriced, :billsFailures, :enabled,
                :offReason, :offAt, :offSetup, :managedBy, :now)
            on conflict (key) do update set title = excluded.title, instance = excluded.instance,
                model = excluded.model, context_window = excluded.context_window, max_output = excluded.max_output,
                pictures = excluded.pictures, reasoning = excluded.reasoning, local = excluded.local,
                weight = excluded.weight, concurrency = excluded.concurrency,
                requests_per_minute = excluded.requests_per_minute, tokens_per_minute = excluded.tokens_per_minute,
                first_content_ms = excluded.first_content_ms, gap_ms = excluded.gap_ms, whole_ms = excluded.whole_ms,
                unpriced = excluded.unpriced, bills_failures = excluded.bills_failures, enabled = excluded.enabled,
                off_reason = excluded.off_reason, off_at = excluded.off_at, off_setup = excluded.off_setup,
                managed_by = excluded.managed_by, changed_at = excluded.changed_at""";
    private static final String FORGET = "delete from model_deployment where key = :key";

    public List<Deployment> all(Handle db) {
        return db.createQuery(ALL).map((rs, _) -> read(rs)).list();
    }

    public void keep(Handle tx, Deployment deployment, Instant now) {
        var traits = deployment.traits();
        var limits = deployment.limits();
        tx.createUpdate(KEEP)
                .bind("key", deployment.key())
                .bind("title", deployment.title())
                .bind("instance", deployment.instance())
                .bind("model", deployment.model())
                .bind("window", traits.window())
                .bind("maxOutput", traits.maxOutput())
                .bind("pictures", traits.pictures())
                .bind("reasoning", traits.reasoning())
                .bind("local", traits.local())
                .bind("weight", traits.weight())
                .bind("concurrency", limits.concurrency())
                .bind("requests", limits.requestsPerMinute())
                .bind("tokens", limits.tokensPerMinute())
                .bind("firstContent", millis(limits.patience().firstContent()))
                .bind("gap", millis(limits.patience().gap()))
                .bind("whole", millis(limits.patience().whole()))
                .bind("unpriced", deployment.billing().unpriced())
                .bind("billsFailures", deployment.billing().failures())
                .bind("enabled", deployment.enabled())
                .bind(
                        "offReason",
                        deployment.off().map(off -> off.reason().name()).orElse(null))
                .bind("offAt", deployment.off().map(Deployment.Off::since).orElse(null))
                .bind("offSetup", deployment.off().map(Deployment.Off::setup).orElse(null))
                .bind("managedBy", deployment.managedBy().orElse(null))
                .bind("now", now)
                .execute();
    }

    public void forget(Handle tx, String key) {
        tx.createUpdate(FORGET).bind("key", key).execute();
    }

    private static @Nullable Long millis(Optional<Duration> time) {
        return time.map(Duration::toMillis).orElse(null);
    }

    private static Deployment read(ResultSet rs) throws SQLException {
        return new Deployment(
                rs.getString("key"),
                rs.getString("title"),
                rs.getString("instance"),
                rs.getString("model"),
                new Deployment.Traits(
                        rs.getInt("context_window"),
                        rs.getInt("max_output"),
                        rs.getBoolean("pictures"),
                        rs.getBoolean("reasoning"),
                        rs.getBoolean("local"),
                        rs.getInt("weight")),
                new Deployment.Limits(
                        rs.getInt("concurrency"),
                        rs.getInt("requests_per_minute"),
                        rs.getInt("tokens_per_minute"),
                        new Deployment.Patience(
                                time(rs, "first_content_ms"), time(rs, "gap_ms"), time(rs, "whole_ms"))),
                new Deployment.Billing(rs.getBoolean("unpriced"), rs.getBoolean("bills_failures")),
                rs.getBoolean("enabled"),
                off(rs),
                Optional.ofNullable(rs.getString("managed_by")));
    }

    private static Optional<Duration> time(ResultSet rs, String column) throws SQLException {
        var millis = rs.getLong(column);
        return rs.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    private static Optional<Deployment.Off> off(ResultSet rs) throws SQLException {
        var reason = rs.getString("off_reason");
        if (reason == null) return Optional.empty();
        return Optional.of(new Deployment.Off(
                Deployment.OffReason.valueOf(reason),
                rs.getTimestamp("off_at").toInstant(),
                rs.getString("off_setup")));
    }
}
