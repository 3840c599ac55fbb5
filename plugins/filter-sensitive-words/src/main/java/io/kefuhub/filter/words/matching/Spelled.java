package io.kefuhub.filter.words.matching;

import io.kefuhub.filter.words.writing.Evasions;
import io.kefuhub.filter.words.writing.Signs;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds Chinese words of which some or all characters are spelled in Latin letters, or which are given by the first
 * letters of their syllables. Immutable.
 *
 * <p>The automaton reads letters; a Chinese character of the text is read as its syllable. What it finds is then compared
 * character by character, so that another word that only sounds the same is none.
 */
final class Spelled {
    private static final int LETTERS = 26;
    /** Fewer letters are ordinary words too often. */
    private static final int FEWEST_LETTERS = 5;

    private static final int FEWEST_INITIALS = 3;

    private final Automaton automaton;
    private final Patterns patterns;
    private final List<String> words;
    private final Spelling spelling;

    private Spelled(Automaton automaton, Patterns patterns, List<String> words, Spelling spelling) {
        this.automaton = automaton;
        this.patterns = patterns;
        this.words = words;
        this.spelling = spelling;
    }

    static Spelled of(List<String> listed, Signs signs, Evasions evasions) {
        var words = listed.stream().map(signs::plain).toList();
        var spelling = new Spelling(signs);
        var texts = new ArrayList<String>();
        // Two for each word: in full and by initials; an empty one stands for none.
        for (var word : words) {
            var full = evasions.pinyin() && word.length() > 1 ? spelling.inFull(word) : "";
            texts.add(full.length() < FEWEST_LETTERS ? "" : full);
            var initials = evasions.initials() && word.length() >= FEWEST_INITIALS ? spelling.initials(word) : "";
            texts.add(initials);
        }
        var patterns = Patterns.of(texts);
        return new Spelled(patterns.automaton(Spelling.alphabet(), LETTERS), patterns, words, spelling);
    }

    boolean isEmpty() {
        return patterns.sorted().isEmpty();
    }

    List<Hit> find(String text) {
        List<Hit> hits = List.of();
        var state = 0;
        for (var at = 0; at < text.length(); at++) {
            var read = spelling.read(text.charAt(at));
            if (read == Spelling.PASSED_OVER) continue;
            state = read == Spelling.STRANGE ? 0 : after(state, read);
            if (automaton.ends(state)) hits = add(hits, text, state, at);
        }
        return hits;
    }

    private int after(int state, String letters) {
        var reached = state;
        for (var at = 0; at < letters.length(); at++) reached = automaton.next(reached, letters.charAt(at) - 'a' + 1);
        return reached;
    }

    private List<Hit> add(List<Hit> hits, String text, int state, int at) {
        var all = hits;
        for (var end = automaton.ending(state); end != 0; end = automaton.shorter(end)) {
            var pattern = automaton.word(end);
            var place = patterns.places()[pattern];
            var from = place % 2 == 0
                    ? spelling.beginning(words.get(place / 2), text, at)
                    : spelling.beginningOfInitials(patterns.sorted().get(pattern), text, at);
            if (from < 0) continue;
            if (all.isEmpty()) all = new ArrayList<>();
            all.add(new Hit(place / 2, from, at + 1));
        }
        return all;
    }

    int settled(String text) {
        var state = 0;
        for (var at = 0; at < text.length(); at++) {
            var read = spelling.read(text.charAt(at));
            if (read == Spelling.PASSED_OVER) continue;
            state = read == Spelling.STRANGE ? 0 : after(state, read);
        }
        var at = text.length();
        for (var left = automaton.depth(state); left > 0 && at > 0; )
            left -= spelling.read(text.charAt(--at)).length();
        return at;
    }

    long size() {
        return automaton.size() + 8L * patterns.places().length;
    }
}
