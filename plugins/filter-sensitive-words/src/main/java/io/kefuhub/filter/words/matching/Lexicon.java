package io.kefuhub.filter.words.matching;

import io.kefuhub.filter.words.writing.Evasions;
import io.kefuhub.filter.words.writing.Signs;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a list, compiled. Immutable; safe for threads; a text without any of them costs no memory.
 *
 * <p>A word's number is its place in the list that was compiled.
 */
public final class Lexicon {
    private final Written written;
    private final Spelled spelled;

    private Lexicon(Written written, Spelled spelled) {
        this.written = written;
        this.spelled = spelled;
    }

    public static Lexicon of(List<String> words, Evasions evasions) {
        var signs = Signs.of(evasions);
        return new Lexicon(Written.of(words, signs, evasions), Spelled.of(words, signs, evasions));
    }

    /** Every listed word in a text, in no order; those within one another too. */
    public List<Hit> find(String text) {
        var found = written.find(text);
        var hits = found.hits();
        if (!found.latin() || spelled.isEmpty()) return hits;
        var more = spelled.find(text);
        if (more.isEmpty()) return hits;
        if (hits.isEmpty()) return more;
        var both = new ArrayList<>(hits);
        both.addAll(more);
        return both;
    }

    /** How many characters from the beginning of a growing text cannot become part of a word with what is still to come. */
    public int settled(String text) {
        return Math.min(written.settled(text), spelled.isEmpty() ? text.length() : spelled.settled(text));
    }

    /** What its machines take, in bytes. */
    public long size() {
        return written.size() + spelled.size();
    }
}
