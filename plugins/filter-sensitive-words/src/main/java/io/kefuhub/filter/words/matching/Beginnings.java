package io.kefuhub.filter.words.matching;

import java.util.List;

/**
 * Tells quickly of two characters that no word begins with them: a set of pairs that may hold a few too many (a Bloom
 * filter with one hash), small enough to stay in a processor's cache. Immutable; safe for threads.
 */
final class Beginnings {
    private static final int LEAST_BITS = 14;
    private static final int MOST_BITS = 20;
    /** So many bits for each word leave few pairs that are taken for beginnings and are none. */
    private static final int BITS_PER_WORD = 32;

    private static final int MIX = 0x9e3779b1;
    private static final int MIX_SECOND = 0x85ebca6b;

    private final long[] bits;
    private final int shift;

    private Beginnings(int size) {
        bits = new long[1 << (size - 6)];
        shift = Integer.SIZE - size;
    }

    /**
     * @param codes what each character of the words is called in {@link #mayBegin}
     * @param most the highest of them
     */
    static Beginnings of(List<String> words, char[] codes, int most) {
        var wanted = Integer.SIZE - Integer.numberOfLeadingZeros(words.size() * BITS_PER_WORD);
        var made = new Beginnings(Math.clamp(wanted, LEAST_BITS, MOST_BITS));
        for (var word : words) {
            if (word.length() > 1) made.add(codes[word.charAt(0)], codes[word.charAt(1)]);
            else made.addAll(codes[word.charAt(0)], most);
        }
        return made;
    }

    private void add(int first, int second) {
        var place = place(first, second);
        bits[place >> 6] |= 1L << place;
    }

    /** A word of one character begins and ends after whatever was there. */
    private void addAll(int only, int most) {
        for (var before = 0; before <= most; before++) add(before, only);
    }

    /**
     * Whether a word may begin with the first of two characters and go on with the second, or is the second alone.
     *
     * @param first 0 for the beginning of a text and for a character that no word has
     */
    boolean mayBegin(int first, int second) {
        var place = place(first, second);
        return (bits[place >> 6] & 1L << place) != 0;
    }

    private int place(int first, int second) {
        return first * MIX + second * MIX_SECOND >>> shift;
    }

    long size() {
        return 8L * bits.length;
    }
}
