package io.kefuhub.core.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.api.Language;
import io.kefuhub.core.database.Jsonb;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code desk} table, and nothing else. */
public final class Desks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALL =
            "select id, key, title::text as title, language, enabled, managed_by from desk order by key";
    private static final String KEEP = """
            insert into desk (id, key, title, language, enabled, managed_by)
            values (:id, :key, :title, :language, :enabled, :managedBy)
            on conflict (key) do update set title = excluded.title, language = excluded.language,
                enabled = excluded.enabled, managed_by = excluded.managed_by
            returning id""";

    public List<Desk> all(Handle db) {
        return db.createQuery(ALL).map((rs, _) -> read(rs)).list();
    }

    /** Stores a desk by its key; returns the id it has, which is the given one only when the key is new. */
    public DeskId keep(Handle tx, Desk desk) {
        return new DeskId(tx.createQuery(KEEP)
                .bind("id", desk.id().value())
                .bind("key", desk.key())
                .bind("title", json(desk))
                .bind("language", desk.language().tag())
                .bind("enabled", desk.enabled())
                .bind("managedBy", desk.managedBy().orElse(null))
                .mapTo(UUID.class)
                .one());
    }

    private static Jsonb json(Desk desk) {
        try {
            return new Jsonb(JSON.writeValueAsString(desk.titles()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Desk read(ResultSet rs) throws SQLException {
        try {
            return new Desk(
                    new DeskId(rs.getObject("id", UUID.class)),
                    rs.getString("key"),
                    JSON.readValue(rs.getString("title"), new TypeReference<>() {}),
                    new Language(rs.getString("language")),
                    rs.getBoolean("enabled"),
                    Optional.ofNullable(rs.getString("managed_by")));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
