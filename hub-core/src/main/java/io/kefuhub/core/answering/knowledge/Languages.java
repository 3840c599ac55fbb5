package io.kefuhub.core.answering.knowledge;

import io.kefuhub.api.Language;
import io.kefuhub.core.translation.Tongues;
import java.util.Optional;

/** Tells the language of a text by the scripts it is written in; good enough for chat, where statistics are not. */
public final class Languages {
    private Languages() {}

    /**
     * The language of a text; empty where it holds too little to tell, such as a number or a picture. Words in the Latin
     * script that could be of any language count as English.
     */
    public static Optional<Language> of(String text) {
        return Tongues.sure(text).or(() -> isLatin(text) ? Optional.of(Language.EN) : Optional.empty());
    }

    private static boolean isLatin(String text) {
        return text.codePoints()
                        .filter(sign -> Character.isLetter(sign)
                                && Character.UnicodeScript.of(sign) == Character.UnicodeScript.LATIN)
                        .limit(2)
                        .count()
                == 2;
    }
}
