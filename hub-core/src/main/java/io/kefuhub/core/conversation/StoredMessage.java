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
 * @param translation what it became in the other language
 * @param edits how its author changed it
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
        Optional<String> trace,
        Optional<Translated> translation,
        Optional<Edits> edits) {
    public StoredMessage {
        parts = List.copyOf(parts);
    }

    /** What the customer reads: what was said, or what it became in their language. */
    public List<Part> shown() {
        return translation.filter(Translated::sent).map(Translated::parts).orElse(parts);
    }

    public Message message() {
        return new Message(parts);
    }

    /** Whether it was decided on before: a person let it go on, and it is heard again. */
    public boolean isHeardAgain() {
        return state == MessageState.RECEIVED && trace.isPresent();
    }

    StoredMessage saidAs(MessageState changed, List<Part> reads, Instant when) {
        // A translation is of the words that were there.
        var still = translation.filter(_ -> reads.equals(parts));
        return new StoredMessage(id, speaker, when, reads, changed, externalId, answers, replyTo, trace, still, edits);
    }

    StoredMessage further(MessageState changed, Optional<String> told) {
        return new StoredMessage(
                id,
                speaker,
                at,
                parts,
                changed,
                externalId,
                answers,
                replyTo,
                told.or(this::trace),
                translation,
                edits);
    }

    StoredMessage rewritten(List<Part> words, MessageState changed, Optional<String> told) {
        return new StoredMessage(
                id,
                speaker,
                at,
                words,
                changed,
                externalId,
                answers,
                replyTo,
                told.or(this::trace),
                translation,
                edits);
    }

    StoredMessage translated(Translated made) {
        return new StoredMessage(
                id, speaker, at, parts, state, externalId, answers, replyTo, trace, Optional.of(made), edits);
    }

    /** As it reads after a change of its author's. */
    StoredMessage edited(List<Part> reads, MessageState changed, Edits how) {
        return saidAs(changed, reads, at).with(how);
    }

    private StoredMessage with(Edits how) {
        return new StoredMessage(
                id, speaker, at, parts, state, externalId, answers, replyTo, trace, translation, Optional.of(how));
    }

    /** Whether it came in by the channel, so that it may be taken back or changed there. */
    boolean cameIn() {
        return speaker.kind() == Speaker.Kind.CUSTOMER || speaker.isElsewhere();
    }
}
