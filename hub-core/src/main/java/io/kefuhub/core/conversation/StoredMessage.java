package io.kefuhub.core.conversation;

import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message as it is kept. Immutable.
 *
 * @param externalId unique in the channel: the platform's id, or the hub's own key against doubles
 * @param answers the question a reply answers
 * @param replyTo what the customer says it replies to
 * @param trace how it came about, as a JSON object
 */
public record StoredMessage(
        MessageId id,
        Speaker speaker,
        Instant at,
        List<Part> parts,
        MessageState state,
        String externalId,
        Optional<MessageId> answers,
        Optional<Quote> replyTo,
        Optional<String> trace) {
    public StoredMessage {
        parts = List.copyOf(parts);
    }

    public Message message() {
        return new Message(parts);
    }

    /** Whether it was decided on before: a person let it go on, and it is heard again. */
    public boolean isHeardAgain() {
        return state == MessageState.RECEIVED && trace.isPresent();
    }

    StoredMessage saidAs(MessageState changed, List<Part> reads, Instant when) {
        return new StoredMessage(id, speaker, when, reads, changed, externalId, answers, replyTo, trace);
    }

    StoredMessage further(MessageState changed, Optional<String> told) {
        return new StoredMessage(id, speaker, at, parts, changed, externalId, answers, replyTo, told.or(this::trace));
    }
}
