package io.kefuhub.core.conversation;

import io.kefuhub.api.message.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something to be said in a conversation.
 *
 * @param externalId unique in the channel; what carries the same one again is not stored
 * @param state {@link MessageState#HELD} and {@link MessageState#DISCARDED} are hidden from the customer
 * @param trace how it came about, as a JSON object
 */
public record Utterance(
        MessageId id,
        Speaker speaker,
        List<Part> parts,
        MessageState state,
        String externalId,
        Optional<MessageId> answers,
        Optional<String> trace) {
    public Utterance {
        parts = List.copyOf(parts);
    }

    /** Returns the message as it is kept when said at this time. */
    public StoredMessage storedAt(Instant at) {
        return new StoredMessage(id, speaker, at, parts, state, externalId, answers, trace);
    }
}
