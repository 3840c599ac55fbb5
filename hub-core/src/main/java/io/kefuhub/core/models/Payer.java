package io.kefuhub.core.models;

import java.util.Optional;
import java.util.UUID;

/**
 * On whose behalf a model is asked: what budgets and limits are looked up by, and what the books say. Immutable.
 *
 * @param desk its key; empty for what the hub does for itself
 * @param channel the channel instance's short name; empty where there is none
 * @param assistant the instance of the responder, or the name of the token, that asks
 * @param customer stable and opaque, such as the contact's id; empty where there is none
 * @param conversation the conversation the turn belongs to
 * @param message the question that is answered
 */
public record Payer(
        String desk,
        String channel,
        String assistant,
        String customer,
        Optional<UUID> conversation,
        Optional<UUID> message) {

    /** Somebody who asks outside of any conversation. */
    public static Payer apart(String desk, String assistant) {
        return new Payer(desk, "", assistant, "", Optional.empty(), Optional.empty());
    }

    public Payer withAssistant(String other) {
        return new Payer(desk, channel, other, customer, conversation, message);
    }
}
