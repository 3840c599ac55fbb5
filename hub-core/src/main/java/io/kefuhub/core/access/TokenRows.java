package io.kefuhub.core.access;

import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.GroupWriter;
import io.kefuhub.core.database.Script;
import io.kefuhub.core.web.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Every statement that touches the {@code api_token} table, and nothing else. */
final class TokenRows implements GroupWriter.Batch<TokenRows.Use, Boolean> {
    private static final String COLUMNS = """
            id, name, hint, scopes, aliases, desk_id, created_by, created_at, expires_at, used_at, revoked_at""";
    private static final String ALL = "select " + COLUMNS + " from api_token order by created_at desc, id";
    private static final String FIND = "select " + COLUMNS + " from api_token where id = :id";
    private static final String KNOWN = "select " + COLUMNS + ", token_hash from api_token where revoked_at is null";
    private static final String ADD = """
            insert into api_token (id, name, hint, token_hash, scopes, aliases, desk_id, created_by, created_at, expires_at)
            values (:id, :name, :hint, :hash, :scopes, :aliases, :desk, :createdBy, :created, cast(:expires as timestamptz))
            on conflict (name) where revoked_at is null do nothing""";
    private static final String REVOKE = """
            update api_token set revoked_at = :now where id = :id and revoked_at is null""";
    private static final String USED = """
            update api_token set used_at = greatest(used_at, use.at)
            from unnest(?, ?) as use (id, at) where api_token.id = use.id""";

    /** A token and the hash it is found by. */
    record Known(ApiToken token, byte[] hash) {}

    /** That a token let somebody in. */
    record Use(UUID token, Instant at) {}

    List<ApiToken> all(Handle db) {
        return db.createQuery(ALL).map((rs, _) -> read(rs)).list();
    }

    /** All that are not revoked. */
    List<Known> known(Handle db) {
        return db.createQuery(KNOWN)
                .map((rs, _) -> new Known(read(rs), rs.getBytes("token_hash")))
                .list();
    }

    Optional<ApiToken> find(Handle db, UUID id) {
        return db.createQuery(FIND).bind("id", id).map((rs, _) -> read(rs)).findOne();
    }

    /** Adds a token; false when the name belongs to one that is not revoked. */
    boolean add(Handle tx, ApiToken token, byte[] hash) {
        return tx.createUpdate(ADD)
                        .bind("id", token.id())
                        .bind("name", token.name())
                        .bind("hint", token.hint())
                        .bind("hash", hash)
                        .bindArray(
                                "scopes",
                                String.class,
                                token.scopes().stream().map(Scope::key).toList())
                        .bindArray("aliases", String.class, List.copyOf(token.aliases()))
                        .bind("desk", token.desk())
                        .bind("createdBy", token.createdBy())
                        .bind("created", token.created())
                        .bind("expires", token.expires().map(Instant::toString).orElse(null))
                        .execute()
                == 1;
    }

    /** Revokes; false when it was revoked already. */
    boolean revoke(Handle tx, UUID id, Instant now) {
        return tx.createUpdate(REVOKE).bind("id", id).bind("now", now).execute() == 1;
    }

    @Override
    public List<Boolean> write(Handle tx, List<Use> uses, Script last) {
        last.update(USED, Columns.of(uses).uuids(Use::token).moments(Use::at));
        return Collections.nCopies(uses.size(), true);
    }

    private static ApiToken read(ResultSet row) throws SQLException {
        var scopes = (String[]) row.getArray("scopes").getArray();
        var aliases = (String[]) row.getArray("aliases").getArray();
        return new ApiToken(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("hint"),
                Arrays.stream(scopes).map(Scope::of).collect(Collectors.toUnmodifiableSet()),
                Set.of(aliases),
                row.getObject("desk_id", UUID.class),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                moment(row.getObject("expires_at", OffsetDateTime.class)),
                moment(row.getObject("used_at", OffsetDateTime.class)),
                moment(row.getObject("revoked_at", OffsetDateTime.class)));
    }

    private static Optional<Instant> moment(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }
}
