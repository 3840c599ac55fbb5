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
 * @param replyTo what the customer says it replies to
 * @param trace how it came about, as a JSON object
 * @param translation what it is in the other language
 */
public record Utterance(
        MessageId id,
        Speaker speaker,
        List<Part> parts,
        MessageState state,
        String externalId,
        Optional<MessageId> answers,
        Optional<Quote> replyTo,
        Optional<String> trace,
        Optional<Translated> translation) {
    public Utterance {
        parts = List.copyOf(parts);
    }

    /** Something that quotes nothing. */
    public Utterance(
            MessageId id,
            Speaker speaker,
            List<Part> parts,
            MessageState state,
            String externalId,
            Optional<MessageId> answers,
            Optional<String> trace) {
        this(id, speaker, parts, state, externalId, answers, Optional.empty(), trace, Optional.empty());
    }

    public Utterance withReplyTo(Quote quote) {
        return new Utterance(id, speaker, parts, state, externalId, answers, Optional.of(quote), trace, translation);
    }

    public Utterance withState(MessageState other) {
        return new Utterance(id, speaker, parts, other, externalId, answers, replyTo, trace, translation);
    }

    public Utterance withParts(List<Part> other) {
        return new Utterance(id, speaker, other, state, externalId, answers, replyTo, trace, translation);
    }

    public Utterance withTranslation(Optional<Translated> made) {
        return new Utterance(id, speaker, parts, state, externalId, answers, replyTo, trace, made);
    }

    /** Returns the message as it is kept when said at this time. */
    public StoredMessage storedAt(Instant at) {
        return new StoredMessage(
                id, speaker, at, parts, state, externalId, answers, replyTo, trace, translation, Optional.empty());
    }
}
