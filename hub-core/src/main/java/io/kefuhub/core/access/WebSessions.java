package io.kefuhub.core.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code web_session} table. */
final class WebSessions {
    private static final String OPEN = """
            insert into web_session (token_hash, person_id, csrf, opened_at, used_at)
            values (:hash, :person, :csrf, :now, :now)""";
    private static final String FIND = "select " + People.COLUMNS + """
            , s.csrf, s.used_at from web_session s join person p on p.id = s.person_id
            where s.token_hash = :hash and s.opened_at > :oldest and s.used_at > :idle and p.enabled""";
    private static final String TOUCH = "update web_session set used_at = :now where token_hash = :hash";
    private static final String CLOSE = "delete from web_session where token_hash = :hash";
    private static final String CLOSE_ALL = "delete from web_session where person_id = :person";
    private static final String SWEEP = "delete from web_session where opened_at <= :oldest or used_at <= :idle";

    /** A session that has not ended, and whose it is. */
    record Open(Person person, String csrf, Instant usedAt) {}

    void open(Handle tx, byte[] hash, UUID person, String csrf, Instant now) {
        tx.createUpdate(OPEN)
                .bind("hash", hash)
                .bind("person", person)
                .bind("csrf", csrf)
                .bind("now", now)
                .execute();
    }

    Optional<Open> find(Handle db, byte[] hash, Instant oldest, Instant idle) {
        return db.createQuery(FIND)
                .bind("hash", hash)
                .bind("oldest", oldest)
                .bind("idle", idle)
                .map((rs, _) -> new Open(
                        People.read(rs),
                        rs.getString("csrf"),
                        rs.getObject("used_at", java.time.OffsetDateTime.class).toInstant()))
                .findOne();
    }

    void touch(Handle db, byte[] hash, Instant now) {
        db.createUpdate(TOUCH).bind("hash", hash).bind("now", now).execute();
    }

    void close(Handle tx, byte[] hash) {
        tx.createUpdate(CLOSE).bind("hash", hash).execute();
    }

    void closeAll(Handle tx, UUID person) {
        tx.createUpdate(CLOSE_ALL).bind("person", person).execute();
    }

    void sweep(Handle tx, Instant oldest, Instant idle) {
        tx.createUpdate(SWEEP).bind("oldest", oldest).bind("idle", idle).execute();
    }
}
