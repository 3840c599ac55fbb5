package io.kefuhub.filter.privacy.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Addresses of e-mail. Pure. */
final class Emails {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_HOST = 120;
    private static final String NAME = "._%+-";
    /** Names of files have an @ too, such as {@code icon@2x.png}. */
    private static final Set<String> FILES =
            Set.of("png", "jpg", "jpeg", "gif", "webp", "svg", "pdf", "css", "js", "mp4");

    private Emails() {}

    static List<Found> in(Folded text) {
        List<Found> found = List.of();
        for (var at = 0; at < text.length(); at++) {
            if (text.at(at) != '@') continue;
            var from = at;
            while (from > 0 && at - from < LONGEST_NAME && isOfName(text, from - 1)) from--;
            while (from < at && !text.isWordSign(from)) from++;
            var to = host(text, at + 1);
            if (from == at || to < 0) continue;
            if (found.isEmpty()) found = new ArrayList<>();
            found.add(new Found(Kind.EMAIL, from, to));
            at = to;
        }
        return found;
    }

    private static boolean isOfName(Folded text, int at) {
        return text.isWordSign(at) || NAME.indexOf(text.at(at)) >= 0;
    }

    /** Where the host ends; -1 when there is none. */
    private static int host(Folded text, int from) {
        var to = from;
        var dot = -1;
        while (to < text.length() && to - from < LONGEST_HOST) {
            var sign = text.at(to);
            if (sign == '.') {
                if (!text.isWordSign(to + 1)) break;
                dot = to;
            } else if (sign != '-' && !text.isWordSign(to)) {
                break;
            }
            to++;
        }
        while (to > from && text.at(to - 1) == '-') to--;
        if (dot <= from || to - dot < 3) return -1;
        for (var at = dot + 1; at < to; at++) {
            if (!Folded.isLetter(text.at(at))) return -1;
        }
        return FILES.contains(text.text(dot + 1, to).toLowerCase(Locale.ROOT)) ? -1 : to;
    }
}
