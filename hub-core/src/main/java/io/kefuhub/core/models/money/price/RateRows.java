package io.kefuhub.core.models.money.price;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code currency_rate} table, and nothing else. */
final class RateRows {
    private static final String ALL =
            "select currency, valid_from, rate, source, managed_by from currency_rate order by currency, valid_from";
    private static final String KEEP = """
            insert into currency_rate (currency, valid_from, rate, source, managed_by)
            values (:currency, :validFrom, :rate, :source, :managedBy)
            on conflict (currency, valid_from) do update
                set rate = excluded.rate, source = excluded.source, managed_by = excluded.managed_by""";
    private static final String DELETE =
            "delete from currency_rate where currency = :currency and valid_from = :validFrom";

    List<PriceBook.Rate> all(Handle db) {
        return db.createQuery(ALL)
                .map((rs, _) -> new PriceBook.Rate(
                        rs.getString("currency"),
                        rs.getObject("valid_from", OffsetDateTime.class).toInstant(),
                        rs.getBigDecimal("rate"),
                        rs.getString("source"),
                        Optional.ofNullable(rs.getString("managed_by"))))
                .list();
    }

    void keep(Handle tx, PriceBook.Rate rate) {
        tx.createUpdate(KEEP)
                .bind("currency", rate.currency())
                .bind("validFrom", rate.validFrom())
                .bind("rate", rate.rate())
                .bind("source", rate.source())
                .bind("managedBy", rate.managedBy().orElse(null))
                .execute();
    }

    boolean delete(Handle tx, String currency, Instant validFrom) {
        return tx.createUpdate(DELETE)
                        .bind("currency", currency)
                        .bind("validFrom", validFrom)
                        .execute()
                == 1;
    }
}
