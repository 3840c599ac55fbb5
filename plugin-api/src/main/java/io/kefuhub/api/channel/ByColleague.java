package io.kefuhub.api.channel;

import io.kefuhub.api.message.Part;
import java.time.Instant;
import java.util.List;

/**
 * What a colleague said to a customer in the platform's own client, verified by the channel. The customer has it already.
 *
 * @param externalId unique in the channel for ever; a repeat is stored once
 * @param thread the platform's name for the conversation
 * @param contact the customer it was said to
 * @param colleague the platform's stable name for who said it
 * @param name what customers call this person; empty when unknown
 * @param parts at least one
 * @param at when the platform says it was said
 */
public record ByColleague(
        String externalId,
        String thread,
        Contact contact,
        String colleague,
        String name,
        List<Part> parts,
        Instant at) {
    public ByColleague {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) throw new IllegalArgumentException("a message without parts");
        if (externalId.isEmpty() || externalId.length() > 200) throw new IllegalArgumentException("externalId");
        if (thread.isEmpty() || thread.length() > 200) throw new IllegalArgumentException("thread");
    }
}
