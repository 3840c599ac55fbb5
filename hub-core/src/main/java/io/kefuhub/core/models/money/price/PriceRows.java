package io.kefuhub.core.models.money.price;

import io.kefuhub.core.database.Jsonb;
import io.kefuhub.core.web.Json;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code price} table, and nothing else. */
final class PriceRows {
    private static final String COLUMNS = """
            id, provider, model, aliases, currency, valid_from, valid_to, input, cached_input, cache_write_5m,
            cache_write_1h, output, reasoning, tiers::text as tiers, tier_rule, time_windows::text as time_windows,
            multiplier, per_request, per_second, source, checked_on, confirmed, origin, managed_by""";
    private static final String ALL = "select " + COLUMNS + " from price order by provider, model, valid_from, id";
    private static final String INSERT = """
            insert into price (id, provider, model, aliases, currency, valid_from, valid_to, input, cached_input,
                cache_write_5m, cache_write_1h, output, reasoning, tiers, tier_rule, time_windows, multiplier, per_request,
                per_second, source, checked_on, confirmed, origin, managed_by, created_at)
            values (:id, :provider, :model, :aliases, :currency, :validFrom, :validTo, :input, :cachedInput,
                :cacheWrite5m, :cacheWrite1h, :output, :reasoning, :tiers, :rule, :windows, :multiplier, :perRequest,
                :perSecond, :source, :checkedOn, :confirmed, :origin, :managedBy, :now)""";
    private static final String END = """
            update price set valid_to = greatest(valid_from, :at) where id = any(:ids)
                and (valid_to is null or valid_to > :at)""";
    private static final String CONFIRM =
            "update price set confirmed = true, checked_on = :day where id = :id and not confirmed";

    List<Price> all(Handle db) {
        return db.createQuery(ALL).map((rs, _) -> read(rs)).list();
    }

    void insert(Handle tx, List<Price> prices, Instant now) {
        if (prices.isEmpty()) return;
        var batch = tx.prepareBatch(INSERT);
        for (var price : prices) {
            var terms = price.terms();
            var base = terms.base();
            batch.bind("id", price.id())
                    .bind("provider", price.provider())
                    .bind("model", price.model())
                    .bindArray("aliases", String.class, price.aliases())
                    .bind("currency", price.currency())
                    .bind("validFrom", price.validFrom())
                    .bind("validTo", price.validTo().orElse(null))
                    .bind("input", base.input())
                    .bind("cachedInput", base.cachedInput().orElse(null))
                    .bind("cacheWrite5m", base.cacheWrite5m().orElse(null))
                    .bind("cacheWrite1h", base.cacheWrite1h().orElse(null))
                    .bind("output", base.output())
                    .bind("reasoning", base.reasoning().orElse(null))
                    .bind("tiers", new Jsonb(Json.text(terms.tiers())))
                    .bind("rule", terms.rule().name())
                    .bind("windows", new Jsonb(Json.text(terms.windows())))
                    .bind("multiplier", terms.multiplier())
                    .bind("perRequest", terms.perRequest())
                    .bind("perSecond", terms.perSecond())
                    .bind("source", price.source())
                    .bind("checkedOn", price.checkedOn().orElse(null))
                    .bind("confirmed", price.confirmed())
                    .bind("origin", price.origin().name())
                    .bind("managedBy", price.managedBy().orElse(null))
                    .bind("now", now)
                    .add();
        }
        batch.execute();
    }

    /** Prices hold no longer than until a moment; those that held no longer anyway stay as they are. */
    void end(Handle tx, List<UUID> ids, Instant at) {
        tx.createUpdate(END).bindArray("ids", UUID.class, ids).bind("at", at).execute();
    }

    boolean confirm(Handle tx, UUID id, LocalDate day) {
        return tx.createUpdate(CONFIRM).bind("id", id).bind("day", day).execute() == 1;
    }

    private static Price read(ResultSet rs) throws SQLException {
        var base = new PerMillion(
                rs.getBigDecimal("input"),
                decimal(rs, "cached_input"),
                decimal(rs, "cache_write_5m"),
                decimal(rs, "cache_write_1h"),
                rs.getBigDecimal("output"),
                decimal(rs, "reasoning"));
        return new Price(
                rs.getObject("id", UUID.class),
                rs.getString("provider"),
                rs.getString("model"),
                List.of((String[]) rs.getArray("aliases").getArray()),
                rs.getString("currency"),
                rs.getObject("valid_from", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(rs.getObject("valid_to", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                new Terms(
                        base,
                        List.of(Json.parse(rs.getString("tiers"), Tier[].class)),
                        Tier.Rule.valueOf(rs.getString("tier_rule")),
                        List.of(Json.parse(rs.getString("time_windows"), TimeWindow[].class)),
                        rs.getBigDecimal("multiplier"),
                        rs.getBigDecimal("per_request"),
                        rs.getBigDecimal("per_second")),
                rs.getString("source"),
                Optional.ofNullable(rs.getObject("checked_on", LocalDate.class)),
                rs.getBoolean("confirmed"),
                Price.Origin.valueOf(rs.getString("origin")),
                Optional.ofNullable(rs.getString("managed_by")));
    }

    private static Optional<BigDecimal> decimal(ResultSet rs, String column) throws SQLException {
        return Optional.ofNullable(rs.getBigDecimal(column));
    }
}
