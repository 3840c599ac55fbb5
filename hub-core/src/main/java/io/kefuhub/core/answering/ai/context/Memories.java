package io.kefuhub.core.answering.ai.context;

import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.web.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code conversation_memory} table, and nothing else. */
final class Memories {
    private static final String FIND = """
            select covered, facts::text as facts, first_said, session_ended_at, summary::text as summary, summarised,
                summarised_message
            from conversation_memory where conversation_id = :conversation""";

    /** A later one is never overwritten by an earlier one. */
    private static final String KEEP = """
            insert into conversation_memory as m (conversation_id, covered, facts, first_said, session_ended_at,
                changed_at)
            values (:conversation, :covered, cast(:facts as jsonb), :firstSaid, cast(:ended as timestamptz), :now)
            on conflict (conversation_id) do update set covered = excluded.covered, facts = excluded.facts,
                first_said = excluded.first_said, session_ended_at = excluded.session_ended_at,
                changed_at = excluded.changed_at
            where m.covered < excluded.covered""";

    private static final String SUMMARISE = """
            update conversation_memory set summary = cast(:summary as jsonb), summarised = :until,
                summarised_message = :message, changed_at = :now
            where conversation_id = :conversation and summarised < :until""";

    Optional<Memory> find(Handle db, ConversationId conversation) {
        return db.createQuery(FIND)
                .bind("conversation", conversation.value())
                .map((rs, _) -> read(rs))
                .findOne();
    }

    void keep(Handle tx, ConversationId conversation, Memory memory, Instant now) {
        tx.createUpdate(KEEP)
                .bind("conversation", conversation.value())
                .bind("covered", memory.covered())
                .bind("facts", memory.facts().json())
                .bind("firstSaid", memory.firstSaid().replace("\0", ""))
                .bind("ended", memory.sessionEndedAt().map(Instant::toString).orElse(null))
                .bind("now", now)
                .execute();
    }

    void summarise(Handle tx, ConversationId conversation, Summary summary, long until, UUID message, Instant now) {
        tx.createUpdate(SUMMARISE)
                .bind("conversation", conversation.value())
                .bind("summary", summary.json())
                .bind("until", until)
                .bind("message", message)
                .bind("now", now)
                .execute();
    }

    private static Memory read(ResultSet row) throws SQLException {
        return new Memory(
                row.getLong("covered"),
                FactCard.read(Json.tree(row.getString("facts"))),
                row.getString("first_said"),
                Optional.ofNullable(row.getObject("session_ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getString("summary")).flatMap(text -> Summary.read(Json.tree(text))),
                row.getLong("summarised"),
                Optional.ofNullable(row.getObject("summarised_message", UUID.class)));
    }
}
