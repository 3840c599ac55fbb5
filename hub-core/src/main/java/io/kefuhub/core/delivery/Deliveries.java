package io.kefuhub.core.delivery;

import io.kefuhub.core.conversation.MessageId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code delivery} table, and nothing else. */
final class Deliveries {
    private static final String FIND = "select attempts, due_at, under_way from delivery where message_id = :message";
    private static final String KEEP = """
            insert into delivery (message_id, attempts, due_at, under_way, outcome, platform_id)
            values (:message, :attempts, :dueAt, :underWay, :outcome, :platformId)
            on conflict (message_id) do update set attempts = excluded.attempts, due_at = excluded.due_at,
                under_way = excluded.under_way, outcome = excluded.outcome, platform_id = excluded.platform_id""";
    private static final String BY_PLATFORM_ID =
            "select message_id from delivery where platform_id = :platformId limit 1";

    /**
     * @param attempts made so far
     * @param dueAt when the next one may be made
     * @param underWay whether the last one has been begun and its outcome not been noted
     */
    record Progress(int attempts, Instant dueAt, boolean underWay) {}

    Optional<Progress> find(Handle db, MessageId message) {
        return db.createQuery(FIND)
                .bind("message", message.value())
                .map((rs, _) -> new Progress(
                        rs.getInt("attempts"), rs.getTimestamp("due_at").toInstant(), rs.getBoolean("under_way")))
                .findOne();
    }

    void keep(Handle tx, MessageId message, Progress progress, String outcome, String platformId) {
        tx.createUpdate(KEEP)
                .bind("message", message.value())
                .bind("attempts", progress.attempts())
                .bind("dueAt", progress.dueAt())
                .bind("underWay", progress.underWay())
                .bind("outcome", outcome)
                .bind("platformId", platformId)
                .execute();
    }

    Optional<MessageId> byPlatformId(Handle db, String platformId) {
        return db.createQuery(BY_PLATFORM_ID)
                .bind("platformId", platformId)
                .map((rs, _) -> new MessageId(rs.getObject("message_id", java.util.UUID.class)))
                .findOne();
    }
}
