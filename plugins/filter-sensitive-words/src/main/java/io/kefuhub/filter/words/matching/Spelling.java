package io.kefuhub.filter.words.matching;

import io.kefuhub.filter.words.writing.Signs;
import java.util.List;

/** Reads characters as letters: Latin ones as themselves, Chinese ones as their syllable. Immutable. */
final class Spelling {
    /** What stands between letters without ending a word. */
    static final String PASSED_OVER = "";
    /** What is no letter and no Chinese character; compared by identity. */
    static final String STRANGE = "-";

    private static final int SIGNS = 1 << 16;
    private static final int FEWEST_LETTERS = 2;

    private final Signs signs;
    private final String[] read = new String[SIGNS];
    private final List<String> syllables;

    Spelling(Signs signs) {
        this.signs = signs;
        syllables = signs.syllables();
        var letters = new String[26];
        for (var letter = 0; letter < 26; letter++) letters[letter] = String.valueOf((char) ('a' + letter));
        for (var sign = 0; sign < SIGNS; sign++) {
            var folded = signs.fold((char) sign);
            var syllable = signs.syllableOf(signs.plain((char) sign));
            if (syllable != 0) read[sign] = syllables.get(syllable);
            else if (folded <= Signs.STOP) read[sign] = folded == Signs.STOP ? STRANGE : PASSED_OVER;
            else if (isLetter(folded) && !signs.looksLike((char) sign)) read[sign] = letters[folded - 'a'];
            else read[sign] = STRANGE;
        }
    }

    static char[] alphabet() {
        var alphabet = new char[SIGNS];
        for (var letter = 'a'; letter <= 'z'; letter++) alphabet[letter] = (char) (letter - 'a' + 1);
        return alphabet;
    }

    String read(char sign) {
        return read[sign];
    }

    /** A Chinese word as it sounds; empty when it is not all Chinese. */
    String inFull(String word) {
        var text = new StringBuilder();
        for (var at = 0; at < word.length(); at++) {
            var syllable = signs.syllableOf(word.charAt(at));
            if (syllable == 0) return "";
            text.append(syllables.get(syllable));
        }
        return text.toString();
    }

    /** The first letters of a Chinese word's syllables; empty when it is not all Chinese. */
    String initials(String word) {
        var text = new StringBuilder();
        for (var at = 0; at < word.length(); at++) {
            var syllable = signs.syllableOf(word.charAt(at));
            if (syllable == 0) return "";
            text.append(syllables.get(syllable).charAt(0));
        }
        return text.toString();
    }

    /**
     * Where a word begins that ends at a place, each of its characters written or spelled in full, one at least spelled;
     * -1 when it does not. Letters around it that belong to no syllable of it make it another word.
     */
    int beginning(String word, String text, int end) {
        var at = end;
        var spelled = 0;
        for (var left = word.length() - 1; left >= 0; left--) {
            at = back(text, at);
            if (at < 0) return -1;
            if (signs.plain(text.charAt(at)) == word.charAt(left)) {
                at--;
                continue;
            }
            var syllable = syllables.get(signs.syllableOf(word.charAt(left)));
            if (syllable.length() < FEWEST_LETTERS && left > 0) return -1;
            for (var letter = syllable.length() - 1; letter >= 0; letter--) {
                at = back(text, at);
                if (at < 0 || !isWritten(text.charAt(at), syllable.charAt(letter))) return -1;
                at--;
            }
            spelled++;
        }
        if (spelled == 0) return -1;
        return isApart(text, at + 1, end) ? at + 1 : -1;
    }

    /** Where initials begin that end at a place and are a word of their own; -1 when they are none. */
    int beginningOfInitials(String initials, String text, int end) {
        var at = end;
        for (var letter = initials.length() - 1; letter >= 0; letter--) {
            at = back(text, at);
            if (at < 0 || !isWritten(text.charAt(at), initials.charAt(letter))) return -1;
            at--;
        }
        return isApart(text, at + 1, end) ? at + 1 : -1;
    }

    private boolean isWritten(char sign, char letter) {
        return signs.fold(sign) == letter && isLetter(letter) && !signs.looksLike(sign);
    }

    /** The nearest place from here back that is not passed over. */
    private int back(String text, int from) {
        var at = from;
        while (at >= 0 && read[text.charAt(at)].isEmpty()) at--;
        return at;
    }

    private boolean isApart(String text, int from, int end) {
        var before = isLatin(text, from) && isLatin(text, from - 1);
        var after = isLatin(text, end) && isLatin(text, end + 1);
        return !before && !after;
    }

    private boolean isLatin(String text, int at) {
        return at >= 0 && at < text.length() && isLetter(signs.fold(text.charAt(at)));
    }

    private static boolean isLetter(char folded) {
        return folded >= 'a' && folded <= 'z';
    }
}
