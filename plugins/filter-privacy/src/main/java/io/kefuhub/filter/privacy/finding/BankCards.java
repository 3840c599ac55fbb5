package io.kefuhub.filter.privacy.finding;

import java.util.Optional;

/** Bank cards: 13 to 19 digits that begin as issuers' do, with one to check them by. Pure. */
final class BankCards {
    private static final int LONGEST = 19;
    private static final int SHORTEST = 13;
    /** Fewer digits are as often something else. */
    private static final int SURE = 16;

    private static final String GAP = " -.·\u200b";

    private BankCards() {}

    static Optional<Run> at(Folded text, Groups groups, int first) {
        if (!isIssuers(text, groups.from(first))) return Optional.empty();
        for (var length = LONGEST; length >= SHORTEST; length--) {
            var last = groups.lastOf(first, length, GAP);
            if (last < 0 || !isUsual(groups, first, last)) continue;
            var from = groups.from(first);
            var to = groups.to(last);
            var holds = isOfIssuer(groups.digits(first, last))
                    && (isChecked(groups.digits(first, last)) || isCalled(text, groups, first, length))
                    && Surroundings.isApart(text, from, to)
                    && !Context.isOfGoods(text, from)
                    && !Context.isInLink(text, from)
                    && (length >= SURE || Context.speaksOf(Context.BANK, text, from));
            if (holds) return Optional.of(new Run(Kind.BANK_CARD, from, to, last));
        }
        return Optional.empty();
    }

    /** Whole, in fours, or as three issuers print them. */
    private static boolean isUsual(Groups groups, int first, int last) {
        if (first == last) return true;
        var shape = groups.shape(first, last);
        if (shape == 0x465 || shape == 0x464 || shape == 0x6AL || shape == 0x6DL || shape == 0x68) return true;
        for (var group = first; group < last; group++) {
            if (groups.length(group) != 4) return false;
        }
        return groups.length(last) <= 4;
    }

    private static boolean isIssuers(Folded text, int from) {
        return switch (text.at(from)) {
            case '2', '3', '4', '5', '6', '9' -> true;
            default -> false;
        };
    }

    private static boolean isOfIssuer(String digits) {
        var two = Integer.parseInt(digits.substring(0, 2));
        var four = Integer.parseInt(digits.substring(0, 4));
        var length = digits.length();
        return switch (digits.charAt(0)) {
            case '2' -> length == 16 && four >= 2221 && four <= 2720;
            case '3' ->
                switch (length) {
                    case 14 -> two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059);
                    case 15 -> two == 34 || two == 37;
                    default -> length == 16 && (two == 35 || two == 36 || two == 37);
                };
            case '4' -> length == 13 || length == 16 || length == 19;
            case '5' -> length == 16 && two >= 51 && two <= 59;
            case '6' -> length >= 16 && (two == 62 || two == 60 || two == 64 || two == 65 || two == 68 || two == 69);
            default -> length == 19 && digits.startsWith("95588");
        };
    }

    /** One digit that is wrong makes it no less somebody's, where it is called what it is. */
    private static boolean isCalled(Folded text, Groups groups, int first, int length) {
        return (length == SURE || length == LONGEST)
                && groups.startsWith(first, "62")
                && Context.speaksOf(Context.BANK, text, groups.from(first));
    }

    /** Luhn's check. */
    static boolean isChecked(String digits) {
        var sum = 0;
        for (var at = 0; at < digits.length(); at++) {
            var digit = digits.charAt(digits.length() - 1 - at) - '0';
            var worth = at % 2 == 0 ? digit : 2 * digit;
            sum += worth > 9 ? worth - 9 : worth;
        }
        return sum % 10 == 0;
    }
}
