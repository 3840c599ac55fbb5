package io.kefuhub.core.plugin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code instance_value} table, and nothing else. */
public final class InstanceValues {
    private static final String GET =
            "select value from instance_value where instance = :instance and key = :key and expires_at > :now";
    private static final String PUT = """
            insert into instance_value (instance, key, value, expires_at)
            values (:instance, :key, :value, :expiresAt)
            on conflict (instance, key) do update set value = excluded.value, expires_at = excluded.expires_at""";
    private static final String PUT_IF_ABSENT = """
            insert into instance_value as v (instance, key, value, expires_at)
            values (:instance, :key, :value, :expiresAt)
            on conflict (instance, key) do update set value = excluded.value, expires_at = excluded.expires_at
                where v.expires_at <= :now""";
    private static final String COMPARE_AND_SET = """
            update instance_value set value = :value, expires_at = :expiresAt
            where instance = :instance and key = :key and value = :expected and expires_at > :now""";
    private static final String REMOVE = """
            delete from instance_value where instance = :instance and key = :key
            returning case when expires_at > :now then value end""";
    private static final String KEYS =
            "select key from instance_value where instance = :instance and expires_at > :now order by key";
    private static final String SWEEP = "delete from instance_value where expires_at <= :now";

    public Optional<String> get(Handle db, String instance, String key, Instant now) {
        return db.createQuery(GET)
                .bind("instance", instance)
                .bind("key", key)
                .bind("now", now)
                .mapTo(String.class)
                .findOne();
    }

    public List<String> keys(Handle db, String instance, Instant now) {
        return db.createQuery(KEYS)
                .bind("instance", instance)
                .bind("now", now)
                .mapTo(String.class)
                .list();
    }

    public void put(Handle tx, String instance, String key, String value, Instant expiresAt) {
        tx.createUpdate(PUT)
                .bind("instance", instance)
                .bind("key", key)
                .bind("value", value)
                .bind("expiresAt", expiresAt)
                .execute();
    }

    public boolean putIfAbsent(Handle tx, String instance, String key, String value, Instant expiresAt, Instant now) {
        return tx.createUpdate(PUT_IF_ABSENT)
                        .bind("instance", instance)
                        .bind("key", key)
                        .bind("value", value)
                        .bind("expiresAt", expiresAt)
                        .bind("now", now)
                        .execute()
                > 0;
    }

    public boolean compareAndSet(
            Handle tx, String instance, String key, String expected, String value, Instant expiresAt, Instant now) {
        return tx.createUpdate(COMPARE_AND_SET)
                        .bind("instance", instance)
                        .bind("key", key)
                        .bind("expected", expected)
                        .bind("value", value)
                        .bind("expiresAt", expiresAt)
                        .bind("now", now)
                        .execute()
                > 0;
    }

    public Optional<String> remove(Handle tx, String instance, String key, Instant now) {
        return tx.createQuery(REMOVE)
                .bind("instance", instance)
                .bind("key", key)
                .bind("now", now)
                .map((rs, _) -> Optional.ofNullable(rs.getString(1)))
                .findOne()
                .flatMap(value -> value);
    }

    /** Deletes what has expired; returns how many that were. */
    public int sweep(Handle tx, Instant now) {
        return tx.createUpdate(SWEEP).bind("now", now).execute();
    }
}
