package io.kefuhub.core.rules;

import io.kefuhub.core.database.Jsonb;
import io.kefuhub.core.web.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code answering_rules} table, and nothing else. */
final class StoredRules {
    private static final String FIND = "select rules::text as rules, managed_by from answering_rules";
    private static final String KEEP = """
            insert into answering_rules (rules, managed_by, changed_at) values (:rules, :managedBy, :now)
            on conflict (only_one) do update set rules = excluded.rules, managed_by = excluded.managed_by,
                changed_at = excluded.changed_at""";

    /**
     * What is kept.
     *
     * @param rules what is not as usual, as it is written, by group and name
     */
    record Row(Map<String, Map<String, String>> rules, Optional<String> managedBy) {}

    private record Kept(Map<String, Map<String, String>> changed) {}

    Optional<Row> find(Handle db) {
        return db.createQuery(FIND)
                .map((rs, _) -> new Row(
                        Json.parse(rs.getString("rules"), Kept.class).changed(),
                        Optional.ofNullable(rs.getString("managed_by"))))
                .findOne();
    }

    void keep(Handle tx, Row row, Instant now) {
        tx.createUpdate(KEEP)
                .bind("rules", new Jsonb(Json.text(new Kept(row.rules()))))
                .bind("managedBy", row.managedBy().orElse(null))
                .bind("now", now)
                .execute();
    }
}
