package io.kefuhub.core.models.bodies;

import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.Script;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code attempt_body} table, but for the seals of its rows. */
final class Bodies {
    private static final String INSERT = """
            insert into attempt_body (attempt_id, at, body) select * from unnest(?, ?, ?)
            on conflict (attempt_id) do nothing""";
    private static final String FIND = "select at, body from attempt_body where attempt_id = :attempt";
    private static final String COUNT = "select count(*) from attempt_body where at < :before";
    private static final String DELETE = """
            delete from attempt_body where attempt_id in
                (select attempt_id from attempt_body where at < :before order by at limit :limit)""";

    /** A body as it is kept. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Kept(UUID attempt, Instant at, byte[] sealed) {}

    void insert(Handle tx, Collection<Kept> bodies) {
        new Script()
                .update(
                        INSERT,
                        Columns.of(bodies)
                                .uuids(Kept::attempt)
                                .moments(Kept::at)
                                .bytes(Kept::sealed))
                .run(tx);
    }

    Optional<Kept> find(Handle db, UUID attempt) {
        return db.createQuery(FIND)
                .bind("attempt", attempt)
                .map((rs, _) -> new Kept(attempt, rs.getTimestamp("at").toInstant(), rs.getBytes("body")))
                .findOne();
    }

    long count(Handle db, Instant before) {
        return db.createQuery(COUNT).bind("before", before).mapTo(Long.class).one();
    }

    /** Deletes the oldest; says how many. */
    int delete(Handle tx, Instant before, int limit) {
        return tx.createUpdate(DELETE)
                .bind("before", before)
                .bind("limit", limit)
                .execute();
    }
}
