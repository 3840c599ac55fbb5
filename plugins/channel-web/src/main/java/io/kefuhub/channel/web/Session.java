package io.kefuhub.channel.web;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.channel.web.identity.Identity;
import java.util.Map;
import java.util.Optional;

/**
 * One browser's standing with the hub. Safe for threads.
 *
 * <p>The visitor id stays when the browser turns out to be a customer's, so that a message sent again afterwards is
 * still the same message.
 */
final class Session {
    private final String key;
    private final String visitor;
    private volatile Optional<Identity> identity;
    private volatile Optional<Language> language = Optional.empty();
    private volatile boolean kept;
    private volatile boolean ended;

    /**
     * @param key the hash of its token
     * @param kept whether the store has it
     */
    Session(String key, String visitor, Optional<Identity> identity, boolean kept) {
        this.key = key;
        this.visitor = visitor;
        this.identity = identity;
        this.kept = kept;
    }

    String key() {
        return key;
    }

    String visitor() {
        return visitor;
    }

    Optional<Identity> identity() {
        return identity;
    }

    /** The site vouches for the same customer again, and may say more of him. */
    void vouchedAgain(Identity again) {
        identity = Optional.of(again);
    }

    /** The platform's name of the conversation: the browser's own, or the customer's on every device. */
    String thread() {
        return identity.map(known -> "u:" + known.subject()).orElse(visitor);
    }

    String externalId(String cid) {
        return visitor + ":" + cid;
    }

    Contact contact() {
        return identity.map(known -> new Contact(known.subject(), true, known.name(), known.attributes()))
                .orElseGet(() -> new Contact(visitor, false, "", Map.of()));
    }

    /** What the visitor's page prefers, as far as it said. */
    Optional<Language> language() {
        return language;
    }

    void language(Language preferred) {
        language = Optional.of(preferred);
    }

    boolean isKept() {
        return kept;
    }

    void kept() {
        kept = true;
    }

    boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }
}
