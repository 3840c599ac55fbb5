package io.kefuhub.core.models.catalogue;

import io.kefuhub.core.database.Jsonb;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code model_rules} table, and nothing else. */
public final class ModelRules {
    private static final String FIND = "select rules::text as rules, managed_by from model_rules";
    private static final String KEEP = """
            insert into model_rules (rules, managed_by, changed_at) values (:rules, :managedBy, :now)
            on conflict (only_one) do update set rules = excluded.rules, managed_by = excluded.managed_by,
                changed_at = excluded.changed_at""";

    /** The rules, and the file that declares them. */
    public record Kept(Rules rules, Optional<String> managedBy) {
        public static final Kept USUAL = new Kept(Rules.USUAL, Optional.empty());
    }

    public Kept find(Handle db) {
        return db.createQuery(FIND)
                .map((rs, _) -> new Kept(read(rs.getString("rules")), Optional.ofNullable(rs.getString("managed_by"))))
                .findOne()
                .orElse(Kept.USUAL);
    }

    public void keep(Handle tx, Kept kept, Instant now) {
        tx.createUpdate(KEEP)
                .bind("rules", new Jsonb(Json.text(kept.rules())))
                .bind("managedBy", kept.managedBy().orElse(null))
                .bind("now", now)
                .execute();
    }

    private static Rules read(String json) {
        try {
            return Json.read(json.getBytes(StandardCharsets.UTF_8), Rules.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
