package io.kefuhub.core.answering.knowledge;

import io.kefuhub.api.Language;
import io.kefuhub.api.respond.Turn;
import java.util.Optional;

/**
 * For whom something is looked up. Immutable.
 *
 * @param signedIn whether somebody vouches for who it is; empty where whatever is there for anybody is looked for
 * @param channel its key; empty for all
 */
public record Asker(EntryLanguage language, Optional<Boolean> signedIn, Optional<String> channel) {
    /** Those who keep knowledge: they find what is there, whomever it is for. */
    public static Asker anybody(EntryLanguage language) {
        return new Asker(language, Optional.empty(), Optional.empty());
    }

    /** A customer. */
    public static Asker customer(Language language, boolean signedIn, String channel) {
        return new Asker(EntryLanguage.of(language), Optional.of(signedIn), Optional.of(channel));
    }

    /** The customer of a turn, who reads this language. */
    public static Asker of(Turn turn, Language language) {
        return customer(language, turn.contact().verified(), turn.channel());
    }
}
