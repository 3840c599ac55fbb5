package io.kefuhub.core.translation;

import io.kefuhub.api.Language;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name or a word of the trade, and what it must be in a translation. Immutable.
 *
 * @param to only in translations to this language; empty for all
 * @param becomes the same as the term where it must stay
 */
public record Term(String term, Optional<Language> to, String becomes) {
    public Term {
        if (term.isBlank() || becomes.isBlank()) throw new IllegalArgumentException("a blank term");
    }

    boolean isFor(Language target) {
        return to.isEmpty()
                || to.get().equals(target)
                || (to.get().tag().indexOf('-') < 0 && Tongues.same(to.get(), target));
    }

    boolean stays() {
        return becomes.equals(term);
    }

    /** Finds it in a text, not in the middle of a word. */
    static Pattern pattern(String words, boolean exactly) {
        var start = isWordSign(words.codePointAt(0)) ? "(?<![A-Za-z0-9])" : "";
        var end = isWordSign(words.codePointBefore(words.length())) && exactly ? "(?![A-Za-z0-9])" : "";
        var flags = exactly ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        return Pattern.compile(start + Pattern.quote(words) + end, flags);
    }

    private static boolean isWordSign(int sign) {
        return sign < 0x250 && Character.isLetterOrDigit(sign);
    }
}
