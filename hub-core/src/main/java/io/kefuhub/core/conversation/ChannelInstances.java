package io.kefuhub.core.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.core.database.Jsonb;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code channel} table, and nothing else. */
public final class ChannelInstances {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALL = """
            select id, key, title, contribution, desk_id, settings::text as settings, enabled, managed_by
            from channel order by key""";
    private static final String KEEP = """
            insert into channel (id, key, title, contribution, desk_id, settings, enabled, managed_by)
            values (:id, :key, :title, :contribution, :desk, :settings, :enabled, :managedBy)
            on conflict (key) do update set title = excluded.title, desk_id = excluded.desk_id,
                settings = excluded.settings, enabled = excluded.enabled, managed_by = excluded.managed_by
            returning id""";

    public List<ChannelInstance> all(Handle db) {
        return db.createQuery(ALL).map((rs, _) -> read(rs)).list();
    }

    /** Stores an instance by its key; returns the id it has, which is the given one only when the key is new. */
    public ChannelId keep(Handle tx, ChannelInstance instance) {
        return new ChannelId(tx.createQuery(KEEP)
                .bind("id", instance.id().value())
                .bind("key", instance.key())
                .bind("title", instance.title())
                .bind("contribution", instance.contribution())
                .bind("desk", instance.desk().value())
                .bind("settings", json(instance))
                .bind("enabled", instance.enabled())
                .bind("managedBy", instance.managedBy().orElse(null))
                .mapTo(UUID.class)
                .one());
    }

    private static Jsonb json(ChannelInstance instance) {
        try {
            return new Jsonb(JSON.writeValueAsString(instance.settings()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChannelInstance read(ResultSet rs) throws SQLException {
        try {
            return new ChannelInstance(
                    new ChannelId(rs.getObject("id", UUID.class)),
                    rs.getString("key"),
                    rs.getString("title"),
                    rs.getString("contribution"),
                    new DeskId(rs.getObject("desk_id", UUID.class)),
                    JSON.readValue(rs.getString("settings"), new TypeReference<>() {}),
                    rs.getBoolean("enabled"),
                    Optional.ofNullable(rs.getString("managed_by")));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
