package io.kefuhub.core.plugin.life;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.database.Jsonb;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Terms;
import java.io.UncheckedIOException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code instance} table, and nothing else. */
public final class InstanceRows {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALL = """
            select kind, key, title, contribution, settings::text as settings, enabled, desks, skipped_stages, position,
                deadline_ms, when_failed, managed_by
            from instance where kind = :kind order by position, key""";
    private static final String KEEP = """
            insert into instance (id, kind, key, title, contribution, settings, enabled, desks, skipped_stages, position,
                deadline_ms, when_failed, managed_by, changed_at)
            values (:id, :kind, :key, :title, :contribution, :settings, :enabled, :desks, :skipped, :position,
                :deadline, :whenFailed, :managedBy, :now)
            on conflict (kind, key) do update set title = excluded.title, settings = excluded.settings,
                enabled = excluded.enabled, desks = excluded.desks, skipped_stages = excluded.skipped_stages,
                position = excluded.position, deadline_ms = excluded.deadline_ms, when_failed = excluded.when_failed,
                managed_by = excluded.managed_by, changed_at = excluded.changed_at""";
    private static final String FORGET = "delete from instance where kind = :kind and key = :key and not enabled";

    private final Ids ids;

    public InstanceRows(Ids ids) {
        this.ids = ids;
    }

    /** All instances of one kind, in their order. */
    public List<InstanceSpec> all(Handle db, Kind kind) {
        return db.createQuery(ALL)
                .bind("kind", kind.name())
                .map((rs, _) -> read(rs))
                .list();
    }

    /** Stores an instance by its kind and key. */
    public void keep(Handle tx, InstanceSpec spec, Instant now) {
        var choices = spec.choices();
        tx.createUpdate(KEEP)
                .bind("id", ids.next())
                .bind("kind", spec.kind().name())
                .bind("key", spec.key())
                .bind("title", spec.title())
                .bind("contribution", spec.contribution())
                .bind("settings", json(spec))
                .bind("enabled", spec.enabled())
                .bindArray("desks", String.class, List.copyOf(choices.desks()))
                .bindArray("skipped", String.class, List.copyOf(choices.skipped()))
                .bind("position", spec.position())
                .bind("deadline", choices.deadline().map(Duration::toMillis).orElse(null))
                .bind("whenFailed", choices.whenFailed().map(Enum::name).orElse(null))
                .bind("managedBy", spec.managedBy().orElse(null))
                .bind("now", now)
                .execute();
    }

    /** Forgets an instance that is off; says whether there was one. */
    public boolean forget(Handle tx, Kind kind, String key) {
        return tx.createUpdate(FORGET)
                        .bind("kind", kind.name())
                        .bind("key", key)
                        .execute()
                > 0;
    }

    private static Jsonb json(InstanceSpec spec) {
        try {
            return new Jsonb(JSON.writeValueAsString(spec.settings()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InstanceSpec read(ResultSet rs) throws SQLException {
        var deadline = rs.getLong("deadline_ms");
        var choices = new InstanceSpec.Choices(
                texts(rs.getArray("desks")),
                texts(rs.getArray("skipped_stages")),
                deadline == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(deadline)),
                Optional.ofNullable(rs.getString("when_failed")).map(Terms.WhenFailed::valueOf));
        try {
            return new InstanceSpec(
                    Kind.valueOf(rs.getString("kind")),
                    rs.getString("key"),
                    rs.getString("title"),
                    rs.getString("contribution"),
                    JSON.readValue(rs.getString("settings"), new TypeReference<>() {}),
                    rs.getBoolean("enabled"),
                    choices,
                    rs.getInt("position"),
                    Optional.ofNullable(rs.getString("managed_by")));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> texts(Array array) throws SQLException {
        return Set.of((String[]) array.getArray());
    }
}
