package io.kefuhub.filter.words.matching;

import io.kefuhub.filter.words.writing.Evasions;
import io.kefuhub.filter.words.writing.Signs;
import java.util.ArrayList;
import java.util.List;

/** Finds words by the characters they are listed with. Immutable. */
final class Written {
    /** From here on a code stands for no character of a word. */
    private static final char NOTHING = 0xfffd;

    private static final char LETTERS = 26;
    private static final int SIGNS = 1 << 16;
    private static final Found CLEAN = new Found(List.of(), false);
    private static final Found CLEAN_LATIN = new Found(List.of(), true);

    private final Automaton automaton;
    /** What each character is to the automaton: 0 for one that no word has, 1 to 26 for Latin letters. */
    private final char[] codes;

    private final int[] listed;
    private final WholeWord wholeWord;
    private final boolean repeats;
    private final Beginnings beginnings;

    /** @param latin whether the text has Latin letters, so that something may be spelled with them */
    record Found(List<Hit> hits, boolean latin) {}

    private record Alphabet(char[] codes, char most) {}

    private Written(
            Automaton automaton,
            char[] codes,
            int[] listed,
            WholeWord wholeWord,
            boolean repeats,
            Beginnings beginnings) {
        this.automaton = automaton;
        this.codes = codes;
        this.listed = listed;
        this.wholeWord = wholeWord;
        this.repeats = repeats;
        this.beginnings = beginnings;
    }

    static Written of(List<String> words, Signs signs, Evasions evasions) {
        var patterns = Patterns.of(words.stream().map(signs::fold).toList());
        var alphabet = alphabet(patterns);
        var automaton = patterns.automaton(alphabet.codes(), alphabet.most());
        return new Written(
                automaton,
                codes(alphabet, signs),
                patterns.places(),
                new WholeWord(signs, patterns.sorted(), evasions),
                evasions.repeats(),
                Beginnings.of(patterns.sorted(), alphabet.codes(), alphabet.most()));
    }

    /** Every folded character of the words has a code; so has every Latin letter, by which text with any is known. */
    private static Alphabet alphabet(Patterns patterns) {
        var codes = new char[SIGNS];
        for (var letter = 'a'; letter <= 'z'; letter++) codes[letter] = (char) (letter - 'a' + 1);
        var most = LETTERS;
        for (var pattern : patterns.sorted()) {
            for (var at = 0; at < pattern.length(); at++) {
                if (codes[pattern.charAt(at)] == 0) codes[pattern.charAt(at)] = ++most;
            }
        }
        return new Alphabet(codes, most);
    }

    private static char[] codes(Alphabet alphabet, Signs signs) {
        var codes = new char[SIGNS];
        for (var sign = 0; sign < SIGNS; sign++) {
            var folded = signs.fold((char) sign);
            codes[sign] = folded <= Signs.STOP ? NOTHING : alphabet.codes[folded];
        }
        return codes;
    }

    Found find(String text) {
        List<Hit> hits = List.of();
        var latin = 0;
        var state = 0;
        var previous = 0;
        for (var at = 0; at < text.length(); at++) {
            int code = codes[text.charAt(at)];
            if (code >= NOTHING) continue;
            // Below zero for the codes of letters, and so for all together when there was one.
            latin |= code - 1 - LETTERS & -code;
            // Most characters lie outside every word: then the machine need not be asked, and where it would stand is
            // known
            // from the last character alone.
            if (state == 0 && !beginnings.mayBegin(previous, code)) {
                previous = code;
                continue;
            }
            if (state == 0) state = automaton.next(0, previous);
            state = code == previous && repeats ? again(state, code) : automaton.next(state, code);
            previous = code;
            if (automaton.ends(state)) hits = add(hits, text, state, at);
            if (automaton.depth(state) < 2) state = 0;
        }
        if (!hits.isEmpty()) return new Found(hits, latin < 0);
        return latin < 0 ? CLEAN_LATIN : CLEAN;
    }

    /** The same character once more: it counts when a word has it so often, else it is passed over. */
    private int again(int state, int code) {
        var next = automaton.next(state, code);
        return automaton.depth(next) >= automaton.depth(state) ? next : state;
    }

    private List<Hit> add(List<Hit> hits, String text, int state, int at) {
        var all = hits;
        for (var end = automaton.ending(state); end != 0; end = automaton.shorter(end)) {
            var pattern = automaton.word(end);
            var from = wholeWord.beginning(pattern, text, at);
            if (from < 0) continue;
            if (all.isEmpty()) all = new ArrayList<>();
            all.add(new Hit(listed[pattern], from, at + 1));
        }
        return all;
    }

    int settled(String text) {
        var state = 0;
        var previous = 0;
        for (var at = 0; at < text.length(); at++) {
            int code = codes[text.charAt(at)];
            if (code >= NOTHING) continue;
            state = code == previous && repeats ? again(state, code) : automaton.next(state, code);
            previous = code;
        }
        return back(text, automaton.depth(state));
    }

    /** Where the last so many characters begin; one that is repeated counts once. */
    private int back(String text, int characters) {
        var at = text.length();
        var previous = 0;
        for (var left = characters; left > 0 && at > 0; ) {
            int code = codes[text.charAt(--at)];
            if (code >= NOTHING || code == previous) continue;
            previous = code;
            left--;
        }
        while (at > 0 && characters > 0 && codes[text.charAt(at - 1)] == previous) at--;
        return at;
    }

    long size() {
        return automaton.size() + beginnings.size() + 2L * codes.length + 4L * listed.length;
    }
}
