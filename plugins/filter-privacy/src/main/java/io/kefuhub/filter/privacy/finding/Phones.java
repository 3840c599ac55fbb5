package io.kefuhub.filter.privacy.finding;

import java.util.Map;
import java.util.Optional;

/** Phone numbers of the mainland, Hong Kong, Taiwan, and of any country where it is told. Pure. */
final class Phones {
    private static final int MOBILE = 11;
    private static final int LOCAL = 8;
    private static final int ABROAD = 10;
    private static final int LONGEST = 15;
    private static final int SHORTEST_ABROAD = 8;
    private static final int EXTENSION = 6;
    private static final String[] EXTENSIONS = {"转", "转 ", " 转", " 转 ", "分机", " 分机", "-", " ext ", " ext. ", "ext", " x"
    };

    /** How many digits a number has behind the country's: at least and at most. */
    private static final Map<String, int[]> COUNTRIES = Map.ofEntries(
            Map.entry("1", new int[] {10, 10}),
            Map.entry("7", new int[] {10, 10}),
            Map.entry("33", new int[] {9, 9}),
            Map.entry("34", new int[] {9, 9}),
            Map.entry("44", new int[] {9, 10}),
            Map.entry("49", new int[] {7, 11}),
            Map.entry("55", new int[] {10, 11}),
            Map.entry("60", new int[] {8, 10}),
            Map.entry("61", new int[] {9, 9}),
            Map.entry("62", new int[] {8, 12}),
            Map.entry("63", new int[] {9, 10}),
            Map.entry("65", new int[] {8, 8}),
            Map.entry("66", new int[] {8, 9}),
            Map.entry("81", new int[] {9, 10}),
            Map.entry("82", new int[] {8, 10}),
            Map.entry("84", new int[] {9, 10}),
            Map.entry("86", new int[] {9, 11}),
            Map.entry("91", new int[] {10, 10}),
            Map.entry("852", new int[] {8, 8}),
            Map.entry("853", new int[] {8, 8}),
            Map.entry("886", new int[] {8, 9}),
            Map.entry("971", new int[] {8, 9}));

    private static final int[] ANYWHERE = {5, 12};

    private Phones() {}

    static Optional<Run> at(Folded text, Groups groups, int first) {
        return abroad(text, groups, first)
                .or(() -> prefixed(text, groups, first))
                .or(() -> mobile(text, groups, first, groups.from(first)))
                .or(() -> landline(text, groups, first))
                .or(() -> taiwan(text, groups, first))
                .or(() -> local(text, groups, first));
    }

    /** With a plus, and as many digits as the country's numbers have. */
    private static Optional<Run> abroad(Folded text, Groups groups, int first) {
        var plus = groups.from(first) - 1;
        if (text.at(plus) != '+' || text.isWordSign(plus - 1)) return Optional.empty();
        var from = text.at(plus - 1) == '(' ? plus - 1 : plus;
        var best = -1;
        var digits = new StringBuilder();
        for (var last = first; ; last++) {
            digits.append(groups.digits(last, last));
            if (digits.length() > LONGEST + 1) break;
            if (isNumber(digits, hasTrunk(groups, first, last))) best = last;
            if (!groups.goesOn(last)) break;
        }
        return best < 0 ? Optional.empty() : run(text, groups, from, best);
    }

    /** +44 (0)20 7946 0958. */
    private static boolean hasTrunk(Groups groups, int first, int last) {
        return last > first && groups.digits(first + 1, first + 1).equals("0");
    }

    /** As it is dialled: 0044 7911 123456. */
    private static Optional<Run> called(Folded text, Groups groups, int first) {
        var digits = new StringBuilder(groups.digits(first, first).substring(2));
        var best = -1;
        for (var last = first; groups.goesOn(last) && digits.length() <= LONGEST; ) {
            digits.append(groups.digits(++last, last));
            if (isKnown(digits) && isNumber(digits, false)) best = last;
        }
        return best < 0 ? Optional.empty() : apart(text, groups, groups.from(first), first, best);
    }

    private static boolean isKnown(CharSequence digits) {
        return digits.length() >= SHORTEST_ABROAD && countryLength(digits) > 0;
    }

    private static boolean isNumber(CharSequence digits, boolean hasTrunk) {
        if (digits.charAt(0) == '0' || digits.length() < SHORTEST_ABROAD) return false;
        var length = countryLength(digits);
        var range = COUNTRIES.getOrDefault(digits.subSequence(0, length).toString(), ANYWHERE);
        return isWithin(digits.length() - (length == 0 ? 3 : length), range, hasTrunk);
    }

    /** How long the country's code is; 0 for a country that is not listed. */
    private static int countryLength(CharSequence digits) {
        for (var length = 3; length > 0; length--) {
            if (COUNTRIES.containsKey(digits.subSequence(0, length).toString())) return length;
        }
        return 0;
    }

    private static boolean isWithin(int length, int[] range, boolean hasTrunk) {
        return length >= range[0] && length <= range[1] + (hasTrunk ? 1 : 0);
    }

    /** The country without a plus: 86 138…, 0086…, 852 9…. */
    private static Optional<Run> prefixed(Folded text, Groups groups, int first) {
        var code = groups.startsWith(first, "00") ? 2 : 0;
        var from = begin(text, groups, first);
        var country = groups.digits(first, first).substring(code);
        if (country.length() == 2 + MOBILE && country.startsWith("861") && isMobile(country, 2)) {
            return apart(text, groups, from, first, first);
        }
        if (!groups.goesOn(first)) return Optional.empty();
        if (code > 0 && !country.isEmpty()) return called(text, groups, first);
        if (country.equals("86")) return mobile(text, groups, first + 1, from);
        if (country.equals("852") || country.equals("853")) {
            var last = groups.lastOf(first + 1, LOCAL);
            if (last >= 0 && isLocal(groups, first + 1, last)) return apart(text, groups, from, first, last);
        }
        return Optional.empty();
    }

    private static Optional<Run> mobile(Folded text, Groups groups, int first, int from) {
        if (groups.digits(first, first).charAt(0) != '1') return Optional.empty();
        var last = groups.lastOf(first, MOBILE);
        if (last < 0 || !isMobile(groups.digits(first, last), 0) || !isUsual(groups.shape(first, last))) {
            return Optional.empty();
        }
        return apart(text, groups, from, first, last);
    }

    private static boolean isMobile(String digits, int at) {
        return digits.charAt(at) == '1' && digits.charAt(at + 1) >= '3';
    }

    private static boolean isUsual(long shape) {
        return shape == 0xB
                || shape == 0x344
                || shape == 0x38
                || shape == 0x74
                || shape == 0x443
                || shape == 0x335
                || shape == 0x353
                || shape == 0x47
                || shape == 0x56
                || shape == 0x65
                || shape == 0x3224
                || shape == 0x11111111111L;
    }

    /** An area code and seven or eight digits. */
    private static Optional<Run> landline(Folded text, Groups groups, int first) {
        if (!groups.startsWith(first, "0")) return Optional.empty();
        var whole = groups.digits(first, first);
        var from = begin(text, groups, first);
        if (whole.length() > 4) {
            var area = area(whole);
            var rest = whole.length() - area;
            var fits =
                    area > 0 && (rest == LOCAL || (rest == LOCAL - 1 && area == 4)) && isSubscriber(whole.charAt(area));
            return fits ? apart(text, groups, from, first, first) : Optional.empty();
        }
        if (area(whole) != whole.length() || !groups.goesOn(first)) return Optional.empty();
        for (var length = LOCAL; length >= LOCAL - 1; length--) {
            var last = groups.lastOf(first + 1, length);
            if (last >= 0 && isLocal(groups, first + 1, last)) return apart(text, groups, from, first, last);
        }
        return Optional.empty();
    }

    /** How long the area code is; 0 when it is none. */
    private static int area(String digits) {
        if (digits.length() < 3 || digits.charAt(0) != '0') return 0;
        return switch (digits.charAt(1)) {
            case '1' -> digits.charAt(2) == '0' ? 3 : 0;
            case '2' -> 3;
            case '3', '4', '5', '6', '7', '8', '9' -> 4;
            default -> 0;
        };
    }

    private static boolean isSubscriber(char digit) {
        return digit >= '2' && digit <= '8';
    }

    /** Seven or eight digits, whole or in two pieces. */
    private static boolean isLocal(Groups groups, int first, int last) {
        var shape = groups.shape(first, last);
        var isUsual = shape == 8 || shape == 7 || shape == 0x44 || shape == 0x34;
        return isUsual && groups.digits(first, first).charAt(0) >= '2';
    }

    /** 0912-345-678 and (02) 2345-6789. */
    private static Optional<Run> taiwan(Folded text, Groups groups, int first) {
        if (!groups.startsWith(first, "0")) return Optional.empty();
        var from = begin(text, groups, first);
        if (groups.startsWith(first, "09")) {
            var last = groups.lastOf(first, 10);
            if (last < 0) return Optional.empty();
            var shape = groups.shape(first, last);
            return shape == 0xA || shape == 0x433 || shape == 0x46 || shape == 0x424
                    ? apart(text, groups, from, first, last)
                    : Optional.empty();
        }
        if (groups.length(first) != 2 || !isSubscriber(text.at(groups.from(first) + 1)) || !groups.goesOn(first)) {
            return Optional.empty();
        }
        for (var length = LOCAL; length >= LOCAL - 1; length--) {
            var last = groups.lastOf(first + 1, length);
            if (last >= 0
                    && isLocal(groups, first + 1, last)
                    && isSubscriber(groups.digits(first + 1, first + 1).charAt(0))) {
                return apart(text, groups, from, first, last);
            }
        }
        return Optional.empty();
    }

    /** Without area or country it has to be called what it is. */
    private static Optional<Run> local(Folded text, Groups groups, int first) {
        if (first > 0 && groups.goesOn(first - 1)) return Optional.empty();
        for (var length = ABROAD; length >= LOCAL - 1; length--) {
            var last = groups.lastOf(first, length);
            if (last < 0 || !isCalled(groups, first, last) || isDay(groups.digits(first, last))) continue;
            if (!Context.speaksOf(Context.PHONE, text, groups.from(first))) return Optional.empty();
            return apart(text, groups, begin(text, groups, first), first, last);
        }
        return Optional.empty();
    }

    /** With the bracket that the area stands in. */
    private static int begin(Folded text, Groups groups, int first) {
        var from = groups.from(first);
        return text.at(from - 1) == '(' ? from - 1 : from;
    }

    /** Seven or eight digits, or ten as in America. */
    private static boolean isCalled(Groups groups, int first, int last) {
        var isCompanys = groups.startsWith(first, "400") || groups.startsWith(first, "800");
        return isLocal(groups, first, last) || (groups.shape(first, last) == 0x334 && !isCompanys);
    }

    private static boolean isDay(String digits) {
        return digits.length() == LOCAL
                && digits.startsWith("20")
                && digits.charAt(4) <= '1'
                && digits.charAt(6) <= '3';
    }

    private static Optional<Run> apart(Folded text, Groups groups, int from, int first, int last) {
        var apart = Surroundings.isApart(text, groups.from(first), groups.to(last))
                && !Context.isOfGoods(text, from)
                && !Context.isInLink(text, from);
        return apart ? run(text, groups, from, last) : Optional.empty();
    }

    /** With the extension, where there is one. */
    private static Optional<Run> run(Folded text, Groups groups, int from, int last) {
        var to = groups.to(last);
        if (!Surroundings.isApartAfter(text, to) && !text.has("ext", to)) return Optional.empty();
        if (last + 1 < groups.size() && groups.length(last + 1) <= EXTENSION) {
            var next = groups.from(last + 1);
            for (var word : EXTENSIONS) {
                if (text.has(word, to) && to + word.length() == next) {
                    return Optional.of(new Run(Kind.PHONE, from, groups.to(last + 1), last + 1));
                }
            }
        }
        return Optional.of(new Run(Kind.PHONE, from, to, last));
    }
}
