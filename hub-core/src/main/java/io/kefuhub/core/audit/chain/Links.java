package io.kefuhub.core.audit.chain;

import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.Script;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code audit_link} and {@code audit_seal} tables, and nothing else. */
final class Links {
    /** Any number that nobody else locks. */
    private static final long LOCK = 0x6b65_6675_6368_6e31L;

    /**
     * What is new is few rows of large tables: reached by keys, whatever the statistics say. Planned each time: a plan that was
     * made when the chain was short, and kept, looks at all of it for every row.
     */
    private static final String LOCKED = """
            select pg_try_advisory_xact_lock(:lock) as mine, set_config('enable_hashjoin', 'off', true),
                set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true),
                set_config('enable_bitmapscan', 'off', true), set_config('enable_material', 'off', true),
                set_config('plan_cache_mode', 'force_custom_plan', true)""";

    private static final String MARKS = """
            select seen::text as seen, pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
                pg_snapshot_xmax(pg_current_snapshot())::text as xmax from audit_seal""";
    private static final String SEE = "update audit_seal set seen = cast(:seen as xid8)";
    private static final String COLUMNS =
            "number, day, kind, row_id, row_at, version, row_hash, sealed_at, previous, hash";
    private static final String HEAD = "select " + COLUMNS + " from audit_link order by number desc limit 1";
    private static final String NUMBERED = "select " + COLUMNS + " from audit_link where number = :number";
    private static final String AFTER =
            "select " + COLUMNS + " from audit_link where number > :after order by number limit :limit";
    private static final String FIRST_OF = "select min(number) from audit_link where day >= :day";
    private static final String APPEND = """
            insert into audit_link (number, day, kind, row_id, row_at, version, row_hash, sealed_at, previous, hash)
            select number, day::date, kind, row_id, row_at, version, row_hash, sealed_at, previous, hash
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as made (number, day, kind, row_id, row_at, version, row_hash, sealed_at, previous, hash)""";

    /**
     * Numbers of transactions.
     *
     * @param seen below it everything is sealed
     * @param over below it every transaction has ended
     * @param next none has reached it
     */
    record Marks(long seen, long over, long next) {
        private static final long FAR = 10_000;

        /** After a restore into a younger server its transactions have lower numbers: then all is looked at again. */
        boolean isOfAnotherServer() {
            return seen > next;
        }

        /** Whether much would be looked at in vain if they stayed as they are. */
        boolean areFarBehind() {
            return isOfAnotherServer() || over - seen > FAR;
        }

        long from() {
            return isOfAnotherServer() ? 0 : seen;
        }

        long to() {
            return isOfAnotherServer() ? Long.MAX_VALUE : next;
        }
    }

    /** Takes the right to seal until the transaction ends; false when another hub has it. */
    boolean take(Handle tx) {
        return tx.createQuery(LOCKED)
                .bind("lock", LOCK)
                .map((rs, _) -> rs.getBoolean("mine"))
                .one();
    }

    Marks marks(Handle db) {
        return db.createQuery(MARKS)
                .map((rs, _) -> new Marks(
                        Long.parseLong(rs.getString("seen")),
                        Long.parseLong(rs.getString("xmin")),
                        Long.parseLong(rs.getString("xmax"))))
                .one();
    }

    void see(Handle tx, long below) {
        tx.createUpdate(SEE).bind("seen", Long.toString(below)).execute();
    }

    Optional<Link> head(Handle db) {
        return db.createQuery(HEAD).map((rs, _) -> link(rs)).findOne();
    }

    Optional<Link> numbered(Handle db, long number) {
        return db.createQuery(NUMBERED)
                .bind("number", number)
                .map((rs, _) -> link(rs))
                .findOne();
    }

    List<Link> after(Handle db, long number, int limit) {
        return db.createQuery(AFTER)
                .bind("after", number)
                .bind("limit", limit)
                .map((rs, _) -> link(rs))
                .list();
    }

    /** The first link of a day or of the next one that has any. */
    Optional<Long> firstOf(Handle db, LocalDate day) {
        return db.createQuery(FIRST_OF).bind("day", day).mapTo(Long.class).findOne();
    }

    void append(Handle tx, List<Link> links) {
        new Script()
                .update(
                        APPEND,
                        Columns.of(links)
                                .longs(Link::number)
                                .texts(link -> link.sealed().day().toString())
                                .texts(link -> link.sealed().row().table())
                                .texts(link -> link.sealed().row().id())
                                .moments(link -> link.sealed().row().at())
                                .ints(link -> link.sealed().version())
                                .bytes(link -> link.sealed().rowHash())
                                .moments(link -> link.sealed().at())
                                .bytes(Link::previous)
                                .bytes(Link::hash))
                .run(tx);
    }

    private static Link link(ResultSet rs) throws SQLException {
        var row = new Link.RowId(
                rs.getString("kind"),
                rs.getString("row_id"),
                rs.getTimestamp("row_at").toInstant());
        var sealed = new Link.Sealed(
                rs.getObject("day", LocalDate.class),
                row,
                rs.getInt("version"),
                rs.getBytes("row_hash"),
                rs.getTimestamp("sealed_at").toInstant());
        return new Link(rs.getLong("number"), sealed, rs.getBytes("previous"), rs.getBytes("hash"));
    }
}
