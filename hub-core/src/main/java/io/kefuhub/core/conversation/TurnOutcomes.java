package io.kefuhub.core.conversation;

import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.Script;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code turn_outcome} table, and nothing else. */
public final class TurnOutcomes {
    private static final String INSERT = """
            insert into turn_outcome (message_id, at, desk, channel, assistant, source, rung, why)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?) on conflict (message_id) do nothing""";
    private static final String COUNT = """
            select to_char(at at time zone :zone, %s) as key, source, rung, why, count(*) as turns from turn_outcome
            where at >= :from and at < :to and (:desk = '' or desk = :desk)
            group by 1, 2, 3, 4 order by 1, 5 desc, 2, 3, 4 limit :limit""";
    private static final String BY_DAY = COUNT.formatted("'YYYY-MM-DD'");
    private static final String BY_HOUR = COUNT.formatted("'YYYY-MM-DD\"T\"HH24'");

    /** What is counted. */
    public record Of(Instant from, Instant to, String desk, boolean byHour, String zone, int limit) {}

    /** Turns of a day or an hour that ended alike. */
    public record Counted(String key, String source, String rung, String why, long turns) {}

    record Turned(TurnOutcome outcome, Instant at) {}

    void insert(Script script, Collection<Page> pages) {
        var turned = new ArrayList<Turned>();
        pages.forEach(page -> page.turned.forEach(one -> turned.add(new Turned(one, page.now()))));
        if (turned.isEmpty()) return;
        script.update(
                INSERT,
                Columns.of(turned)
                        .uuids(one -> one.outcome().question().value())
                        .moments(Turned::at)
                        .texts(one -> one.outcome().desk())
                        .texts(one -> one.outcome().channel())
                        .texts(one -> one.outcome().assistant())
                        .texts(one -> one.outcome().source())
                        .texts(one -> one.outcome().rung())
                        .texts(one -> one.outcome().why()));
    }

    /** In the order of time, the most turns first. */
    public List<Counted> count(Handle db, Of of) {
        return db.createQuery(of.byHour() ? BY_HOUR : BY_DAY)
                .bind("from", of.from())
                .bind("to", of.to())
                .bind("desk", of.desk())
                .bind("zone", of.zone())
                .bind("limit", of.limit())
                .map((rs, _) -> new Counted(
                        rs.getString("key"),
                        rs.getString("source"),
                        rs.getString("rung"),
                        rs.getString("why"),
                        rs.getLong("turns")))
                .list();
    }
}
