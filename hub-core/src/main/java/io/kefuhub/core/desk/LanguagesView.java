package io.kefuhub.core.desk;

import io.kefuhub.api.Language;
import io.kefuhub.core.conversation.LanguagePair;
import java.util.Locale;
import java.util.Optional;

/**
 * The two languages of a conversation, as agents see them. Immutable.
 *
 * @param by {@code detected}, {@code model} or {@code person}
 * @param agents missing where it is the desk's
 */
record LanguagesView(String customer, String by, Optional<String> agents) {
    static LanguagesView of(LanguagePair pair) {
        return new LanguagesView(
                pair.customer().tag(),
                pair.by().name().toLowerCase(Locale.ROOT),
                pair.agents().map(Language::tag));
    }
}
