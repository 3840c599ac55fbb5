package io.kefuhub.core.answering.ai.context;

import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Conversations;
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
            select revision, covered, facts::text as facts, first_said, session_ended_at, summary::text as summary, summarised,
                summarised_message
            from conversation_memory where conversation_id = :conversation""";

    /** A later one is never overwritten by an earlier one. */
    private static final String KEEP = """
            insert into conversation_memory as m (conversation_id, revision, covered, facts, first_said, session_ended_at,
                changed_at)
            values (:conversation, :revision, :covered, cast(:facts as jsonb), :firstSaid, cast(:ended as timestamptz),
                :now)
            on conflict (conversation_id) do update set revision = excluded.revision, covered = excluded.covered,
                facts = excluded.facts, first_said = excluded.first_said,
                session_ended_at = excluded.session_ended_at, changed_at = excluded.changed_at,
                summary = case when m.revision = excluded.revision then m.summary end,
                summarised = case when m.revision = excluded.revision then m.summarised else 0 end,
                summarised_message = case when m.revision = excluded.revision then m.summarised_message end
            where (m.revision, m.covered) < (excluded.revision, excluded.covered)""";

    private static final String SUMMARISE = """
            update conversation_memory set summary = cast(:summary as jsonb), summarised = :until,
                summarised_message = :message, changed_at = :now
            where conversation_id = :conversation and revision = :revision and summarised < :until""";

    private final Conversations conversations = new Conversations();

    /** What is remembered of a conversation as it stands now: nothing where somebody took back or changed what was said. */
    Memory now(Handle db, ConversationId conversation) {
        var revision =
                conversations.find(db, conversation).map(Conversation::revision).orElse(0);
        return find(db, conversation)
                .filter(memory -> memory.revision() == revision)
                .orElseGet(() -> Memory.empty(revision));
    }

    Optional<Memory> find(Handle db, ConversationId conversation) {
        return db.createQuery(FIND)
                .bind("conversation", conversation.value())
                .map((rs, _) -> read(rs))
                .findOne();
    }

    void keep(Handle tx, ConversationId conversation, Memory memory, Instant now) {
        tx.createUpdate(KEEP)
                .bind("conversation", conversation.value())
                .bind("revision", memory.revision())
                .bind("covered", memory.covered())
                .bind("facts", memory.facts().json())
                .bind("firstSaid", memory.firstSaid().replace("\0", ""))
                .bind("ended", memory.sessionEndedAt().map(Instant::toString).orElse(null))
                .bind("now", now)
                .execute();
    }

    /** @param of what was remembered when it was summed up */
    void summarise(
            Handle tx, ConversationId conversation, Memory of, Summary summary, long until, UUID message, Instant now) {
        tx.createUpdate(SUMMARISE)
                .bind("revision", of.revision())
                .bind("conversation", conversation.value())
                .bind("summary", summary.json())
                .bind("until", until)
                .bind("message", message)
                .bind("now", now)
                .execute();
    }

    private static Memory read(ResultSet row) throws SQLException {
        return new Memory(
                row.getInt("revision"),
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
