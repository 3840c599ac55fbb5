package io.kefuhub.core.audit.chain;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads the tables that are sealed: which rows are not yet, and what each holds. */
final class RecordedRows {
    /** The oldest transactions first, so that a long line is taken piece by piece without looking at all of it each time. */
    private static final String NEW = every("""
            (select '%1$s' as kind, r.%2$s::text as row_id, r.at, r.tx from %1$s r
            where r.tx >= cast(:from as xid8) and r.tx < cast(:to as xid8)
                and not exists (select from audit_link l where l.kind = '%1$s' and l.row_id = r.%2$s::text)
            order by r.tx limit :limit)""") + " order by tx, kind, row_id limit :limit";

    private static final String LEFT_OUT = every("""
            select '%1$s' as kind, r.%2$s::text as row_id, r.at from %1$s r
            where r.tx < cast(:seen as xid8)
                and not exists (select from audit_link l where l.kind = '%1$s' and l.row_id = r.%2$s::text)""") + " order by at, kind, row_id limit :limit";
    private static final String WAITING = "select count(*) from (" + every("""
            select 1 from %1$s r where r.tx >= cast(:seen as xid8)
                and not exists (select from audit_link l where l.kind = '%1$s' and l.row_id = r.%2$s::text)""") + ") as waiting";

    private static final String EXPIRED_SUBJECT = "attempt-bodies";
    private static final String EXPIRED = """
            select max((detail ->> 'before')::timestamptz) as before from audit
            where subject = :subject and action = 'attempt-bodies.expired'""";

    private static String every(String one) {
        return Arrays.stream(Recorded.values())
                .map(some -> one.formatted(some.table, some.key))
                .collect(Collectors.joining("\nunion all\n"));
    }

    /** A row without a link, and the transaction that wrote it. */
    record Unsealed(Link.RowId row, long tx) {}

    /** Rows without a link that transactions of a span wrote, the oldest transaction first. */
    List<Unsealed> unsealed(Handle db, long from, long to, int limit) {
        return db.createQuery(NEW)
                .bind("from", Long.toString(from))
                .bind("to", Long.toString(to))
                .bind("limit", limit)
                .map((rs, _) -> new Unsealed(
                        new Link.RowId(
                                rs.getString("kind"),
                                rs.getString("row_id"),
                                rs.getTimestamp("at").toInstant()),
                        Long.parseLong(rs.getString("tx"))))
                .list();
    }

    /** Rows that should have a link and have none. */
    List<Link.RowId> leftOut(Handle db, long seen, int limit) {
        return db.createQuery(LEFT_OUT)
                .bind("seen", Long.toString(seen))
                .bind("limit", limit)
                .map((rs, _) -> new Link.RowId(
                        rs.getString("kind"),
                        rs.getString("row_id"),
                        rs.getTimestamp("at").toInstant()))
                .list();
    }

    /** Before which moment rows that go after some days may be gone, as the audit says. */
    Instant expiredBefore(Handle db) {
        return db.createQuery(EXPIRED)
                .bind("subject", EXPIRED_SUBJECT)
                .map((rs, _) -> rs.getTimestamp("before"))
                .findOne()
                .map(Timestamp::toInstant)
                .orElse(Instant.EPOCH);
    }

    /** How many rows the sealer has not come to. */
    long waiting(Handle db, long seen) {
        return db.createQuery(WAITING)
                .bind("seen", Long.toString(seen))
                .mapTo(Long.class)
                .one();
    }

    /** What rows hold now, hashed; those that are not there are left out. */
    Function<Link.RowId, Optional<byte[]>> hashes(Handle db, Collection<Link.RowId> rows) {
        var found = new HashMap<Recorded, Map<String, byte[]>>();
        var ids = new HashMap<Recorded, List<String>>();
        for (var row : rows) {
            Recorded.of(row.table())
                    .filter(some -> some.mayHave(row.id()))
                    .ifPresent(some ->
                            ids.computeIfAbsent(some, _ -> new ArrayList<>()).add(row.id()));
        }
        ids.forEach((some, keys) -> found.put(some, hashes(db, some, keys)));
        return row -> Recorded.of(row.table())
                .flatMap(some ->
                        Optional.ofNullable(found.getOrDefault(some, Map.of()).get(row.id())));
    }

    private static Map<String, byte[]> hashes(Handle db, Recorded some, List<String> keys) {
        var sql = "select %s::text as row_id, %s as fields from %s where %s = any(cast(:keys as %s[]))"
                .formatted(some.key, some.fields(), some.table, some.key, some.keyType);
        var hashes = new HashMap<String, byte[]>(keys.size() * 2);
        db.createQuery(sql)
                .bind("keys", keys.toArray(String[]::new))
                .map((rs, _) -> Map.entry(
                        rs.getString("row_id"),
                        Digests.row(some.table, fields(rs.getArray("fields").getArray()))))
                .forEach(one -> hashes.put(one.getKey(), one.getValue()));
        return hashes;
    }

    private static List<@Nullable String> fields(Object array) {
        return Arrays.asList((@Nullable String[]) array);
    }
}
