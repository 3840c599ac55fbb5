package io.kefuhub.core.delivery;

/** Says where sentences end, in Chinese and English. Pure; safe for threads. */
public final class SentenceEnds {
    private static final String ENDS = "。！？!?；;\n…";
    private static final String CLOSES = "”’\"')）」』】》";

    private SentenceEnds() {}

    /**
     * Where the first sentence from a place on ends.
     *
     * @param whole whether nothing will follow; else an end that what follows could still move is none
     * @return the place after it, or -1 when it has not ended
     */
    public static int next(String text, int from, boolean whole) {
        for (var i = from; i < text.length(); i++) {
            if (!ends(text, from, i, whole)) continue;
            var end = i + 1;
            while (end < text.length()
                    && (ENDS.indexOf(text.charAt(end)) >= 0 || CLOSES.indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
            if (end == text.length() && !whole && text.charAt(i) != '\n') return -1;
            return end;
        }
        return whole && from < text.length() ? text.length() : -1;
    }

    private static boolean ends(String text, int from, int at, boolean whole) {
        var c = text.charAt(at);
        if (ENDS.indexOf(c) >= 0) return true;
        if (c != '.') return false;
        if (at + 1 == text.length()) return whole;
        // Neither 3.5 nor the number of an item nor e.g.
        return Character.isWhitespace(text.charAt(at + 1))
                && !text.substring(from, at)
                        .strip()
                        .matches("\\d{1,2}|(?s).*\\b(?:[A-Za-z]|No|Mr|Ms|Mrs|Dr|vs|approx|incl)");
    }
}
