package io.kefuhub.filter.words.matching;

import io.kefuhub.filter.words.writing.Evasions;
import io.kefuhub.filter.words.writing.Signs;
import java.util.List;

/**
 * Looks again at a place where the automaton saw a word: where it begins, and whether what stands between its characters
 * and around it lets it be that word. Immutable.
 *
 * <p>Chinese words end where they end; a word of letters or digits must not be part of a longer one. Between characters
 * spaces and signs are passed over. The end of a clause in a word of two characters, and any gap in a word of letters, counts
 * as part of the word only when every character is set apart like this, which nobody does by chance.
 */
final class WholeWord {
    private static final int WIDEST_GAP = 6;
    /** One comma between two characters is ordinary writing. */
    private static final int FEWEST_GAPS = 2;
    /** From here on the characters of a word hardly meet by chance at the end of a clause. */
    private static final int LONG_ENOUGH = 3;

    private final Signs signs;
    private final List<String> patterns;
    private final Evasions evasions;

    WholeWord(Signs signs, List<String> patterns, Evasions evasions) {
        this.signs = signs;
        this.patterns = patterns;
        this.evasions = evasions;
    }

    /** Where a word begins whose last character stands at a place; -1 when it is not that word. */
    int beginning(int number, String text, int end) {
        var pattern = patterns.get(number);
        var gaps = 0;
        var wantsAll = false;
        var looks = 0;
        var gap = 0;
        var at = end;
        var left = pattern.length() - 1;
        while (true) {
            var sign = text.charAt(at);
            var folded = signs.fold(sign);
            if (folded == pattern.charAt(left)) {
                if (signs.looksLike(sign)) looks++;
                if (gap > 0) gaps++;
                gap = 0;
                if (--left < 0) break;
            } else if (folded > Signs.STOP) {
                // The character that was just read, said again.
                if (left + 1 == pattern.length() || folded != pattern.charAt(left + 1)) return -1;
            } else if (folded != Signs.INVISIBLE) {
                if (++gap > WIDEST_GAP) return -1;
                wantsAll |= folded == Signs.STOP && pattern.length() < LONG_ENOUGH;
            }
            if (--at < 0) return -1;
        }
        wantsAll |= gaps > 0 && isOfLetters(pattern);
        if (wantsAll && gaps < Math.max(FEWEST_GAPS, pattern.length() - 1)) return -1;
        if (evasions.lookAlikes() && 2 * looks > pattern.length()) return -1;
        var from = said(pattern.charAt(0), text, at);
        return gaps == 0 && isPartOfMore(pattern, text, from, end) ? -1 : from;
    }

    /** Where the first character begins when it is said again and again. */
    private int said(char first, String text, int from) {
        var at = from;
        while (evasions.repeats() && at > 0 && signs.fold(text.charAt(at - 1)) == first) at--;
        return at;
    }

    private boolean isPartOfMore(String pattern, String text, int from, int end) {
        return isLetter(pattern.charAt(0)) && from > 0 && goesOn(pattern.charAt(0), text.charAt(from - 1))
                || isLetter(pattern.charAt(pattern.length() - 1))
                        && end + 1 < text.length()
                        && goesOn(pattern.charAt(pattern.length() - 1), text.charAt(end + 1));
    }

    private boolean goesOn(char of, char sign) {
        var folded = signs.fold(sign);
        return isLetter(folded) && folded != of;
    }

    private static boolean isOfLetters(String pattern) {
        for (var at = 0; at < pattern.length(); at++) {
            if (!isLetter(pattern.charAt(at))) return false;
        }
        return true;
    }

    /** Of the scripts that write words with spaces between. */
    private static boolean isLetter(char folded) {
        return folded < 0x0590 && Character.isLetterOrDigit(folded);
    }
}
