package io.kefuhub.filter.privacy.finding;

import java.util.Arrays;

/** The runs of digits in a text, in their order. Not safe for threads. */
final class Groups {
    private static final int SOME = 8;
    private static final int WIDEST_GAP = 3;
    private static final String GAP = " -.·()_\u200b";

    private final Folded text;
    private int[] from = new int[SOME];
    private int[] to = new int[SOME];
    private int size;

    private Groups(Folded text) {
        this.text = text;
    }

    static Groups of(Folded text) {
        var groups = new Groups(text);
        for (var at = 0; at < text.length(); at++) {
            if (!Folded.isDigit(text.at(at))) continue;
            var end = at + 1;
            while (end < text.length() && Folded.isDigit(text.at(end))) end++;
            groups.add(at, end);
            at = end;
        }
        return groups;
    }

    private void add(int begin, int end) {
        if (size == from.length) {
            from = Arrays.copyOf(from, 2 * size);
            to = Arrays.copyOf(to, 2 * size);
        }
        from[size] = begin;
        to[size++] = end;
    }

    int size() {
        return size;
    }

    int from(int group) {
        return from[group];
    }

    int to(int group) {
        return to[group];
    }

    int length(int group) {
        return to[group] - from[group];
    }

    /** Whether nothing but a few separators is between a group and the next one. */
    boolean goesOn(int group) {
        return goesOn(group, GAP);
    }

    boolean goesOn(int group, String gap) {
        if (group + 1 >= size || from[group + 1] - to[group] > WIDEST_GAP) return false;
        for (var at = to[group]; at < from[group + 1]; at++) {
            if (gap.indexOf(text.at(at)) < 0) return false;
        }
        return true;
    }

    /** The digits of some groups in a row. */
    String digits(int first, int last) {
        if (first == last) return text.text(from[first], to[first]);
        var digits = new StringBuilder();
        for (var group = first; group <= last; group++) digits.append(text.text(from[group], to[group]));
        return digits.toString();
    }

    boolean startsWith(int group, String digits) {
        return length(group) >= digits.length() && text.has(digits, from[group]);
    }

    /** The lengths of some groups in a row, a hexadecimal digit for each; 0 where one is too long or there are too many. */
    long shape(int first, int last) {
        if (last - first >= 15) return 0;
        long shape = 0;
        for (var group = first; group <= last; group++) {
            if (length(group) > 15) return 0;
            shape = shape << 4 | length(group);
        }
        return shape;
    }

    /** The last of the groups that make up so many digits from one on; -1 where they do not come out even. */
    int lastOf(int first, int digits, String gap) {
        var group = first;
        var sum = length(first);
        while (sum < digits && goesOn(group, gap)) sum += length(++group);
        return sum == digits ? group : -1;
    }

    int lastOf(int first, int digits) {
        return lastOf(first, digits, GAP);
    }
}
