package io.kefuhub.core.answering;

import io.kefuhub.api.Language;

/**
 * What is said to customers at a desk, and by them with a button: the hub's own words, or those that an admin put in their
 * place. Safe for threads.
 */
@FunctionalInterface
public interface Sentences {
    /** The hub's own words everywhere. */
    Sentences USUAL = (what, _, language) -> what.in(language);

    /** @param desk its key */
    String say(HubWords what, String desk, Language language);

    /** Whether a customer who says this wants a person, now: what a button says counts in all the words it ever had. */
    default boolean asksForPerson(String said) {
        return AskForPerson.in(said);
    }
}
