package io.kefuhub.filter.privacy.finding;

import java.util.ArrayList;
import java.util.List;

/** Plates of cars of the mainland, those of electric ones and of special use too. Pure. */
final class Plates {
    private static final String PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使";
    private static final String LAST = "学警港澳挂试超领";
    private static final String GAP = "·. -\u200b";
    private static final int USUAL = 5;
    private static final int LEAST_DIGITS = 3;

    private Plates() {}

    static List<Found> in(Folded text) {
        List<Found> found = List.of();
        for (var at = 0; at + USUAL < text.length(); at++) {
            if (PROVINCES.indexOf(text.at(at)) < 0) continue;
            var to = end(text, at);
            if (to < 0) continue;
            if (found.isEmpty()) found = new ArrayList<>();
            found.add(new Found(Kind.PLATE, at, to));
            at = to - 1;
        }
        return found;
    }

    private static int end(Folded text, int from) {
        var at = from + 1;
        if (text.at(at) == ' ') at++;
        var city = upper(text.at(at++));
        if (!Folded.isLetter(city) || city == 'I') return -1;
        if (GAP.indexOf(text.at(at)) >= 0) at++;
        var start = at;
        var digits = 0;
        while (text.isWordSign(at) && at - start <= USUAL + 1) {
            var sign = upper(text.at(at));
            if (sign == 'I' || sign == 'O') return -1;
            if (Folded.isDigit(sign)) digits++;
            at++;
        }
        var length = at - start;
        var isSpecial = length == USUAL - 1 && LAST.indexOf(text.at(at)) >= 0;
        if (isSpecial) return digits >= LEAST_DIGITS ? at + 1 : -1;
        if (length == USUAL + 1 && !isElectric(text, start)) return -1;
        return (length == USUAL || length == USUAL + 1) && digits >= LEAST_DIGITS ? at : -1;
    }

    /** The letter of electric cars stands first or last, the other five are digits but for one. */
    private static boolean isElectric(Folded text, int start) {
        return isOfElectric(text.at(start)) || isOfElectric(text.at(start + USUAL));
    }

    private static boolean isOfElectric(char sign) {
        return upper(sign) >= 'A' && upper(sign) <= 'K';
    }

    private static char upper(char sign) {
        return sign >= 'a' && sign <= 'z' ? (char) (sign - ' ') : sign;
    }
}
