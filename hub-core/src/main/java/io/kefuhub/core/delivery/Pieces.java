package io.kefuhub.core.delivery;

import java.util.ArrayList;
import java.util.List;

/** Cuts texts that are too long for one message, where a reader would pause. Pure; safe for threads. */
final class Pieces {
    private static final String GOES_ON = "…";
    private static final String ENDS = "。！？!?；;.";

    private Pieces() {}

    /**
     * @param limit characters of a piece
     * @return pieces that say together what the text says, without the blanks between them
     */
    static List<String> of(String text, int limit) {
        if (text.length() <= limit) return List.of(text);
        var pieces = new ArrayList<String>();
        var rest = text.strip();
        while (rest.length() > limit) {
            var end = end(rest, limit);
            pieces.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) pieces.add(rest);
        return List.copyOf(pieces);
    }

    /** The beginning of a text that goes on, within the limit, and says so. */
    static String cut(String text, int limit) {
        var room = limit - GOES_ON.length();
        if (text.length() <= room) return text + GOES_ON;
        return room <= 0 ? GOES_ON : text.substring(0, whole(text, room)).stripTrailing() + GOES_ON;
    }

    /** Where the first piece ends: not in its first half, or there would be more pieces than need be. */
    private static int end(String text, int limit) {
        var least = limit / 2;
        var paragraph = text.lastIndexOf("\n\n", limit);
        if (paragraph > least) return paragraph;
        var line = text.lastIndexOf('\n', limit);
        if (line > least) return line;
        for (var at = limit; at > least; at--) {
            if (ENDS.indexOf(text.charAt(at - 1)) >= 0 && endsSentence(text, at)) return at;
        }
        var blank = text.lastIndexOf(' ', limit);
        return blank > least ? blank : whole(text, limit);
    }

    /** A dot within a number or an address ends nothing. */
    private static boolean endsSentence(String text, int at) {
        return text.charAt(at - 1) > 0x7f || at == text.length() || Character.isWhitespace(text.charAt(at));
    }

    /** Never half of a character, unless it alone is too long. */
    private static int whole(String text, int limit) {
        return limit > 1 && Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    }
}
