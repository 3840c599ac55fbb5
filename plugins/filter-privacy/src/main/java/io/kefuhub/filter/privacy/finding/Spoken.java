package io.kefuhub.filter.privacy.finding;

import java.util.ArrayList;
import java.util.List;

/** Mobile numbers of the mainland that are written as they are read out: 一三八零零一三八零零零. Pure. */
final class Spoken {
    private static final int MOBILE = 11;
    private static final int WIDEST_GAP = 2;
    private static final String GAP = " -·、\u200b";

    private Spoken() {}

    static List<Found> in(Folded text) {
        List<Found> found = List.of();
        for (var at = 0; at < text.length(); at++) {
            if (value(text.at(at)) < 0) continue;
            var digits = new StringBuilder();
            var hasNumeral = false;
            var end = at;
            for (var next = at; next >= 0; next = next(text, end)) {
                hasNumeral |= !Folded.isDigit(text.at(next));
                if (digits.length() <= MOBILE) digits.append(value(text.at(next)));
                end = next + 1;
            }
            if (hasNumeral && isMobile(digits) && !text.isWordSign(at - 1)) {
                if (found.isEmpty()) found = new ArrayList<>();
                found.add(new Found(Kind.PHONE, at, end));
            }
            at = end;
        }
        return found;
    }

    /** Where the next digit of the same number stands; -1 when there is none. */
    private static int next(Folded text, int end) {
        for (var at = end; at <= end + WIDEST_GAP && at < text.length(); at++) {
            if (value(text.at(at)) >= 0) return at;
            if (GAP.indexOf(text.at(at)) < 0) return -1;
        }
        return -1;
    }

    private static boolean isMobile(CharSequence digits) {
        return digits.length() == MOBILE && digits.charAt(0) == '1' && digits.charAt(1) >= '3';
    }

    private static int value(char sign) {
        return Folded.isDigit(sign) ? sign - '0' : Folded.numeral(sign);
    }
}
