package io.kefuhub.core.audit;

import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.Script;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code audit} table, and nothing else. */
public final class AuditLog {
    private static final String APPEND = """
            insert into audit (at, actor, action, subject, conversation_id, detail)
            select at, actor, action, subject, conversation_id, detail::jsonb
            from unnest(?, ?, ?, ?, ?, ?)
                as line (at, actor, action, subject, conversation_id, detail)""";
    private static final String LIST = """
            select id, at, actor, action, subject, conversation_id, detail::text as detail from audit
            where id < :before
                and (:actor = '' or actor = :actor)
                and (:subject = '' or subject = :subject)
            order by id desc limit :limit""";

    /** A line of the log with its number. */
    public record Line(long id, AuditEntry entry) {}

    /** Adds lines in the transaction of the decisions. */
    public void append(Script script, List<AuditEntry> entries) {
        script.update(
                APPEND,
                Columns.of(entries)
                        .moments(AuditEntry::at)
                        .texts(AuditEntry::actor)
                        .texts(AuditEntry::action)
                        .texts(AuditEntry::subject)
                        .uuids(entry -> entry.conversation().orElse(null))
                        .texts(AuditEntry::detail));
    }

    public void append(Handle tx, AuditEntry entry) {
        var script = new Script();
        append(script, List.of(entry));
        script.run(tx);
    }

    /**
     * Reads the newest lines before a number.
     *
     * @param actor only this one's; empty for all
     * @param subject only about this; empty for all
     */
    public List<Line> before(Handle db, long before, String actor, String subject, int limit) {
        return db.createQuery(LIST)
                .bind("before", before)
                .bind("actor", actor)
                .bind("subject", subject)
                .bind("limit", limit)
                .map((rs, _) -> new Line(
                        rs.getLong("id"),
                        new AuditEntry(
                                rs.getTimestamp("at").toInstant(),
                                rs.getString("actor"),
                                rs.getString("action"),
                                rs.getString("subject"),
                                Optional.ofNullable(rs.getObject("conversation_id", UUID.class)),
                                rs.getString("detail"))))
                .list();
    }
}
