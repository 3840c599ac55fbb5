package io.kefuhub.filter.privacy.finding;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** Identity cards of the mainland: 18 digits with one to check them by, and the older ones of 15. Pure. */
final class IdCards {
    private static final int LONG = 18;
    private static final int SHORT = 15;
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2099;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final String REGIONS =
            ",11,12,13,14,15,21,22,23,31,32,33,34,35,36,37,41,42,43,44,45,46,50,51,52,53,54,61,62,"
                    + "63,64,65,71,81,82,83,91,";
    private static final String GAP = " -.·\u200b";

    private IdCards() {}

    static Optional<Run> at(Folded text, Groups groups, int first) {
        if (!isRegion(text.text(groups.from(first), Math.min(groups.from(first) + 2, text.length()))))
            return Optional.empty();
        var whole = groups.lastOf(first, LONG, GAP);
        if (whole >= 0) return card(text, groups, first, whole, groups.to(whole), "");
        var withX = groups.lastOf(first, LONG - 1, GAP);
        if (withX >= 0) {
            var end = groups.to(withX);
            while (end < groups.to(withX) + 2 && GAP.indexOf(text.at(end)) >= 0) end++;
            if (text.at(end) == 'X' || text.at(end) == 'x') return card(text, groups, first, withX, end + 1, "X");
        }
        var old = groups.lastOf(first, SHORT, GAP);
        return old < 0 ? Optional.empty() : old(text, groups, first, old);
    }

    private static Optional<Run> card(Folded text, Groups groups, int first, int last, int to, String x) {
        var digits = groups.digits(first, last) + x;
        var from = groups.from(first);
        if (!isBirthday(digits.substring(6, 14)) || !Surroundings.isApart(text, from, to)) return Optional.empty();
        // One digit that is wrong makes it no less somebody's, where it is called what it is.
        var holds = isChecked(digits) || Context.speaksOf(Context.ID_CARD, text, from);
        return holds ? Optional.of(new Run(Kind.ID_CARD, from, to, last)) : Optional.empty();
    }

    /** Nothing checks them, so that they have to be called what they are. */
    private static Optional<Run> old(Folded text, Groups groups, int first, int last) {
        var from = groups.from(first);
        var to = groups.to(last);
        var holds = isBirthday("19" + groups.digits(first, last).substring(6, 12))
                && Surroundings.isApart(text, from, to)
                && Context.speaksOf(Context.ID_CARD, text, from);
        return holds ? Optional.of(new Run(Kind.ID_CARD, from, to, last)) : Optional.empty();
    }

    private static boolean isRegion(String two) {
        return two.length() == 2 && REGIONS.contains("," + two + ",");
    }

    private static boolean isBirthday(String day) {
        var year = Integer.parseInt(day.substring(0, 4));
        if (year < FIRST_YEAR || year > LAST_YEAR) return false;
        try {
            LocalDate.of(year, Integer.parseInt(day.substring(4, 6)), Integer.parseInt(day.substring(6)));
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    static boolean isChecked(String card) {
        var sum = 0;
        for (var at = 0; at < WEIGHTS.length; at++) sum += WEIGHTS[at] * (card.charAt(at) - '0');
        return CHECKS.charAt(sum % CHECKS.length()) == card.charAt(WEIGHTS.length);
    }
}
