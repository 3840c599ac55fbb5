package io.kefuhub.core.models.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code model_alias} table, and nothing else. */
public final class Aliases {
    private static final String ALL =
            "select name, title, deployments, cheaper, managed_by from model_alias order by name";
    private static final String KEEP = """
            insert into model_alias (name, title, deployments, cheaper, managed_by, changed_at)
            values (:name, :title, :deployments, :cheaper, :managedBy, :now)
            on conflict (name) do update set title = excluded.title, deployments = excluded.deployments,
                cheaper = excluded.cheaper, managed_by = excluded.managed_by, changed_at = excluded.changed_at""";
    private static final String FORGET = "delete from model_alias where name = :name";

    public List<Alias> all(Handle db) {
        return db.createQuery(ALL)
                .map((rs, _) -> new Alias(
                        rs.getString("name"),
                        rs.getString("title"),
                        List.of((String[]) rs.getArray("deployments").getArray()),
                        Optional.ofNullable(rs.getString("cheaper")),
                        Optional.ofNullable(rs.getString("managed_by"))))
                .list();
    }

    public void keep(Handle tx, Alias alias, Instant now) {
        tx.createUpdate(KEEP)
                .bind("name", alias.name())
                .bind("title", alias.title())
                .bindArray("deployments", String.class, alias.deployments())
                .bind("cheaper", alias.cheaper().orElse(null))
                .bind("managedBy", alias.managedBy().orElse(null))
                .bind("now", now)
                .execute();
    }

    public void forget(Handle tx, String name) {
        tx.createUpdate(FORGET).bind("name", name).execute();
    }
}
