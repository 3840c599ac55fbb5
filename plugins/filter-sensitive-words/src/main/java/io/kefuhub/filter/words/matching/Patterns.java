package io.kefuhub.filter.words.matching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What an automaton is built of: texts in order, none twice, none empty, and where each came from. Immutable.
 *
 * @param sorted by their characters
 * @param places of each in the list it came from; of equal ones the first
 */
record Patterns(List<String> sorted, int[] places) {
    private record Placed(String text, int place) {}

    static Patterns of(List<String> texts) {
        var placed = new ArrayList<Placed>(texts.size());
        for (var place = 0; place < texts.size(); place++) placed.add(new Placed(texts.get(place), place));
        return ofPlaced(placed);
    }

    private static Patterns ofPlaced(List<Placed> placed) {
        placed.sort(Comparator.comparing(Placed::text).thenComparingInt(Placed::place));
        var kept = new ArrayList<Placed>(placed.size());
        for (var one : placed) {
            if (one.text.isEmpty()) continue;
            if (kept.isEmpty() || !kept.getLast().text.equals(one.text)) kept.add(one);
        }
        return new Patterns(
                kept.stream().map(Placed::text).toList(),
                kept.stream().mapToInt(Placed::place).toArray());
    }

    /** Builds the automaton over the codes of an alphabet; the order of codes may be another than that of characters. */
    Automaton automaton(char[] alphabet, int codes) {
        var words = new ArrayList<char[]>(sorted.size());
        for (var text : sorted) {
            var word = new char[text.length()];
            for (var at = 0; at < word.length; at++) word[at] = alphabet[text.charAt(at)];
            words.add(word);
        }
        return Automaton.of(words, codes);
    }
}
