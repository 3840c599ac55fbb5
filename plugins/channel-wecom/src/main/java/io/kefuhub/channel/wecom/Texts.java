package io.kefuhub.channel.wecom;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes texts fit what the platform takes, which counts bytes of UTF-8. */
public final class Texts {
    /** Bytes of one text. */
    public static final int LIMIT = 2_048;

    /** Characters that fit whatever they are; what is longer is cut by {@link #pieces}. */
    public static final int CHARACTERS = LIMIT / 3;

    private Texts() {}

    /** Cuts a text into pieces of at most so many bytes, at the end of a line or of a word where there is one. */
    public static List<String> pieces(String text, int limit) {
        var pieces = new ArrayList<String>();
        var rest = clean(text);
        while (bytes(rest) > limit) {
            var end = end(rest, limit);
            pieces.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        if (!rest.isBlank()) pieces.add(rest);
        pieces.removeIf(String::isBlank);
        return pieces;
    }

    /** Cuts off what is too long. */
    public static String cut(String text, int limit) {
        var clean = clean(text);
        return bytes(clean) <= limit ? clean : clean.substring(0, fitting(clean, limit - 3)) + "…";
    }

    private static int end(String text, int limit) {
        var most = fitting(text, limit);
        for (var ends : new String[] {"\n", "。", ". ", " "}) {
            var at = text.lastIndexOf(ends, most - ends.length());
            if (at > most / 2) return at + ends.length();
        }
        return most;
    }

    /** The longest beginning that fits, whole code points only. */
    private static int fitting(String text, int limit) {
        var bytes = 0;
        for (var at = 0; at < text.length(); ) {
            var point = text.codePointAt(at);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > limit) return at;
            at += Character.charCount(point);
        }
        return text.length();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The platform refuses control characters, and halves of pairs are no text. */
    private static String clean(String text) {
        return text.codePoints()
                .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
