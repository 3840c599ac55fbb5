package io.kefuhub.core.conversation;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that was kept for review, and what was decided. Immutable.
 *
 * @param epoch of the conversation when the message was kept
 * @param feed where the message stands in its conversation
 * @param message as it is now
 */
public record Held(
        HoldId id,
        ConversationId conversation,
        DeskId desk,
        ContactId contact,
        int epoch,
        long feed,
        Hold hold,
        StoredMessage message,
        Instant at,
        Optional<Decided> decided) {
    /** What was decided, once. */
    public record Decided(Decision decision, Assignee by, Instant at) {}

    Held with(Decided decision) {
        return new Held(id, conversation, desk, contact, epoch, feed, hold, message, at, Optional.of(decision));
    }
}
