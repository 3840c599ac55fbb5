package io.kefuhub.core.conversation;

import io.kefuhub.api.Language;
import java.util.Optional;

/**
 * The two languages of a conversation. Immutable.
 *
 * @param customer what the customer writes and reads
 * @param by who said so
 * @param agents what those who answer write and read; empty for what their desk says
 */
public record LanguagePair(Language customer, By by, Optional<Language> agents) {
    /** Who says what a customer speaks; what a person said stays. */
    public enum By {
        DETECTED,
        MODEL,
        PERSON
    }

    /** The pair after a message in this language; what was found out otherwise stays until another one is heard. */
    LanguagePair heard(Language spoken) {
        return by == By.PERSON || spoken.equals(customer) ? this : new LanguagePair(spoken, By.DETECTED, agents);
    }
}
