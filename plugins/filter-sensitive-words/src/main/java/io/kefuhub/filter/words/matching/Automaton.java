package io.kefuhub.filter.words.matching;

import java.util.Arrays;
import java.util.List;

/**
 * All words of a list in one machine of states (Aho and Corasick's), its edges in two arrays (a double-array trie): what
 * a character leads to is found by one addition and one comparison. Immutable; safe for threads.
 *
 * <p>Words are arrays of codes from 1 on. State 0 is the start.
 */
final class Automaton {
    private static final int ENDS = 1;

    /**
     * Two numbers a place, side by side in memory: where the state's edges begin, doubled, and {@link #ENDS} when a word
     * ends here; then the state that the place is reached from, and one more, or 0 for a free place.
     */
    private final int[] places;

    private final int[] fail;
    /** The nearest state, this one or what it falls back to, that ends a word; 0 for none. */
    private final int[] ending;
    /** The word that a state ends, and one more; 0 for none. */
    private final int[] word;

    private final short[] depth;

    private Automaton(int[] places, int[] fail, int[] ending, int[] word, short[] depth) {
        this.places = places;
        this.fail = fail;
        this.ending = ending;
        this.word = word;
        this.depth = depth;
    }

    /**
     * Builds it.
     *
     * @param words such that those with the same beginning stand together, the shortest first; none twice, none empty
     * @param codes how many there are; every code is from 1 to this
     */
    static Automaton of(List<char[]> words, int codes) {
        return new Building(words, codes).build();
    }

    /** The state after one more character. */
    int next(int state, int code) {
        var to = (places[2 * state] >> 1) + code;
        if (places[2 * to + 1] == state + 1) return to;
        return state == 0 ? 0 : fallen(state, code);
    }

    private int fallen(int state, int code) {
        var from = state;
        do {
            from = fail[from];
            var to = (places[2 * from] >> 1) + code;
            if (places[2 * to + 1] == from + 1) return to;
        } while (from != 0);
        return 0;
    }

    /** Whether a word ends with a state; quicker than asking which. */
    boolean ends(int state) {
        return (places[2 * state] & ENDS) != 0;
    }

    /** The nearest state that ends a word here, or 0. */
    int ending(int state) {
        return ending[state];
    }

    /** The next shorter word that ends at the same place as an ending state's, as its state, or 0. */
    int shorter(int endingState) {
        return ending[fail[endingState]];
    }

    /** The number of the word that an ending state ends. */
    int word(int endingState) {
        return word[endingState] - 1;
    }

    /** How many characters of some word have been read. */
    int depth(int state) {
        return depth[state];
    }

    /** What it takes, in bytes. */
    long size() {
        return 4L * places.length + 14L * depth.length;
    }

    private static final class Building {
        private final List<char[]> words;
        private final int codes;
        private int[] base;
        private int[] check;
        private int[] word;
        private short[] depth;
        private int firstFree = 1;
        private int last;
        /** States in the order of their depth, with the words that pass through them: state, from, to. */
        private int[] queue = new int[3 * 1024];

        private int queued;

        Building(List<char[]> words, int codes) {
            this.words = words;
            this.codes = codes;
            var places = Math.max(1024, words.size() * 4) + codes + 2;
            base = new int[places];
            check = new int[places];
            word = new int[places];
            depth = new short[places];
            check[0] = -1;
        }

        Automaton build() {
            if (!words.isEmpty()) enqueue(0, 0, words.size());
            for (var at = 0; at < queued; at++) branch(queue[3 * at], queue[3 * at + 1], queue[3 * at + 2]);
            resize(last + codes + 2);
            return linked();
        }

        private void enqueue(int state, int from, int to) {
            if (3 * queued + 3 > queue.length) queue = Arrays.copyOf(queue, queue.length * 2);
            queue[3 * queued] = state;
            queue[3 * queued + 1] = from;
            queue[3 * queued + 2] = to;
            queued++;
        }

        private void branch(int state, int from, int to) {
            var length = depth[state];
            var begin = from;
            if (words.get(from).length == length) {
                word[state] = from + 1;
                begin++;
            }
            if (begin == to) return;
            var room = room(begin, to, length);
            base[state] = room;
            for (var at = begin; at < to; ) {
                var code = words.get(at)[length];
                var end = at + 1;
                while (end < to && words.get(end)[length] == code) end++;
                var child = room + code;
                check[child] = state + 1;
                depth[child] = (short) (length + 1);
                last = Math.max(last, child);
                enqueue(child, at, end);
                at = end;
            }
            while (check[firstFree] != 0) firstFree++;
        }

        /** The first base from which all children find a free place. */
        private int room(int from, int to, int length) {
            var first = words.get(from)[length];
            for (var candidate = Math.max(0, firstFree - first); ; candidate++) {
                reserve(candidate + codes + 1);
                while (check[candidate + first] != 0) reserve(++candidate + codes + 1);
                if (isFree(candidate, from, to, length)) return candidate;
            }
        }

        private boolean isFree(int candidate, int from, int to, int length) {
            for (var at = from; at < to; at++) {
                if (check[candidate + words.get(at)[length]] != 0) return false;
            }
            return true;
        }

        private void reserve(int place) {
            if (place < check.length) return;
            resize(Math.max(place + 1, check.length + check.length / 2));
        }

        private void resize(int places) {
            base = Arrays.copyOf(base, places);
            check = Arrays.copyOf(check, places);
            word = Arrays.copyOf(word, places);
            depth = Arrays.copyOf(depth, places);
        }

        private Automaton linked() {
            var places = new int[2 * base.length];
            for (var place = 0; place < base.length; place++) {
                places[2 * place] = base[place] << 1;
                places[2 * place + 1] = check[place];
            }
            var fail = new int[base.length];
            var ending = new int[base.length];
            var built = new Automaton(places, fail, ending, word, depth);
            for (var at = 1; at < queued; at++) {
                var state = queue[3 * at];
                var parent = check[state] - 1;
                if (parent != 0) fail[state] = built.next(fail[parent], state - base[parent]);
                ending[state] = word[state] != 0 ? state : ending[fail[state]];
                if (ending[state] != 0) places[2 * state] |= ENDS;
            }
            return built;
        }
    }
}
