package io.kefuhub.filter.words;

import java.util.List;

/**
 * What somebody said in the last minute and says now, as one text, so that a word is seen that is split over messages.
 * Immutable.
 *
 * @param text the earlier messages and this one, joined by something that shows nothing
 * @param starts where each begins; the last is this one's
 */
record Burst(String text, int[] starts) {
    private static final char JOINT = '\u2060';
    /** Whoever splits a word says it in short pieces. */
    private static final int LONGEST_PIECE = 40;

    static Burst of(List<String> recent, String now) {
        var text = new StringBuilder();
        var starts = new int[recent.size() + 1];
        for (var at = 0; at < recent.size(); at++) {
            starts[at] = text.length();
            text.append(recent.get(at)).append(JOINT);
        }
        starts[recent.size()] = text.length();
        return new Burst(text.append(now).toString(), starts);
    }

    /** Whether the latest messages are so short that a word may be split over them. */
    static boolean isLikely(List<String> recent, String now) {
        return !recent.isEmpty() && recent.getLast().length() + now.length() <= LONGEST_PIECE;
    }

    /** Where this message begins. */
    int now() {
        return starts[starts.length - 1];
    }

    /**
     * Whether a word that was found is split so that one of its messages is a piece of it and nothing else; two messages
     * that each say more meet by chance.
     */
    boolean isSplit(int from, int to) {
        if (from >= now() || to <= now()) return false;
        for (var at = 0; at < starts.length; at++) {
            var end = at + 1 < starts.length ? starts[at + 1] - 1 : text.length();
            if (starts[at] >= from && end <= to) return true;
        }
        return false;
    }
}
