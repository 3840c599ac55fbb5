package io.kefuhub.api.channel;

import io.kefuhub.api.Language;
import io.kefuhub.api.message.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message from a customer, verified by the channel. There is no author: what comes in is always the customer's.
 *
 * @param externalId unique in the channel for ever; a repeat is stored once
 * @param thread the platform's name for the conversation; one thread is one conversation
 * @param contact who writes
 * @param parts at least one
 * @param at when the platform says it was written; opens the window of {@link Abilities}
 * @param language what the customer's device prefers, where known
 * @param replyTo the message it replies to, by its {@link TimelineEvent.Entry#id}: one that this customer can see
 */
public record Incoming(
        String externalId,
        String thread,
        Contact contact,
        List<Part> parts,
        Instant at,
        Optional<Language> language,
        Optional<String> replyTo) {
    public Incoming {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) throw new IllegalArgumentException("a message without parts");
        if (externalId.isEmpty() || externalId.length() > 200) throw new IllegalArgumentException("externalId");
        if (thread.isEmpty() || thread.length() > 200) throw new IllegalArgumentException("thread");
    }

    /** A message that replies to none in particular. */
    public Incoming(
            String externalId,
            String thread,
            Contact contact,
            List<Part> parts,
            Instant at,
            Optional<Language> language) {
        this(externalId, thread, contact, parts, at, language, Optional.empty());
    }

    public Incoming withReplyTo(String messageId) {
        return new Incoming(externalId, thread, contact, parts, at, language, Optional.of(messageId));
    }

    public Incoming withoutReplyTo() {
        return new Incoming(externalId, thread, contact, parts, at, language, Optional.empty());
    }
}
