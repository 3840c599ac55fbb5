package io.kefuhub.api.channel;

import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import java.time.Instant;
import java.util.List;

/**
 * A reply to hand over.
 *
 * @param id the same for every attempt; use it as the platform's key against doubles
 * @param thread the platform's name for the conversation
 * @param replyTo the external id of the customer's message that is answered; empty when none is
 * @param attempt from 1
 * @param parts to be sent in this order; each counts as one reply where {@link Abilities} count them
 * @param lastHeard when the customer last wrote by {@link Incoming#at}, but never later than now; when the conversation
 *     began, if they never did
 * @param answerId what {@link Draft drafts} of it were called, if there were any: it ends them; the same for all messages of
 *     an answer that goes in {@link Abilities.Streaming.Chunks chunks}; empty for what is no answer to a question
 */
public record Delivery(
        String id,
        String thread,
        String replyTo,
        Author author,
        List<Part> parts,
        int attempt,
        Instant lastHeard,
        String answerId) {
    public Delivery {
        parts = List.copyOf(parts);
    }

    /** A reply that ends no drafts. */
    public Delivery(
            String id, String thread, String replyTo, Author author, List<Part> parts, int attempt, Instant lastHeard) {
        this(id, thread, replyTo, author, parts, attempt, lastHeard, "");
    }
}
