package io.kefuhub.filter.privacy.finding;

import java.util.List;
import java.util.Locale;

/** Whether a number stands by itself, as a number of somebody's does. Pure. */
final class Surroundings {
    private static final String MONEY = "$¥￥€£₩#№";
    private static final List<String> UNITS = List.of("元", "块钱", "万元", "亿", "%", "美元", "港币", "件", "公里", "公斤");
    private static final List<String> LABELS =
            List.of("tel", "phone", "mobile", "mob", "cell", "wechat", "wx", "vx", "whatsapp", "call", "fax", "no");

    private Surroundings() {}

    static boolean isApart(Folded text, int from, int to) {
        return isApartBefore(text, from) && isApartAfter(text, to);
    }

    private static boolean isApartBefore(Folded text, int from) {
        var before = text.at(from - 1);
        if (Folded.isLetter(before)) return isLabel(text, from);
        if (Folded.isDigit(before) || MONEY.indexOf(before) >= 0) return false;
        var isPart = before == '.' || before == ':' || before == '_';
        return !isPart || !text.isWordSign(from - 2) || (before == ':' && !Folded.isDigit(text.at(from - 2)));
    }

    /** Whether a number is one of somebody's although it stands in a link: {@code ?tel=138…}. */
    static boolean isNamed(Folded text, int from) {
        return text.at(from - 1) == '=' && isLabel(text, from - 1);
    }

    private static boolean isLabel(Folded text, int to) {
        var start = to;
        while (start > 0 && to - start < 10 && Folded.isLetter(text.at(start - 1))) start--;
        return !text.isWordSign(start - 1)
                && LABELS.contains(text.text(start, to).toLowerCase(Locale.ROOT));
    }

    private static boolean isThousands(Folded text, int from) {
        for (var at = from; at < from + 3; at++) {
            if (!Folded.isDigit(text.at(at))) return false;
        }
        return !Folded.isDigit(text.at(from + 3));
    }

    static boolean isApartAfter(Folded text, int to) {
        var after = text.at(to);
        if (Folded.isLetter(after) || Folded.isDigit(after)) return false;
        if (after == '.' && Folded.isDigit(text.at(to + 1))) return false;
        if (after == ',' && isThousands(text, to + 1)) return false;
        var unit = after == ' ' ? to + 1 : to;
        for (var one : UNITS) {
            if (text.has(one, unit)) return false;
        }
        return true;
    }
}
