package io.kefuhub.filter.privacy.finding;

import java.util.Optional;

/** Passports and the travel papers of Hong Kong, Macau and Taiwan. Pure. */
final class Passports {
    private static final int LONG = 8;
    private static final int SHORT = 7;
    private static final int NINE = 9;
    private static final int TEN = 10;

    private Passports() {}

    static Optional<Run> at(Folded text, Groups groups, int group) {
        var digits = groups.length(group);
        if (digits < SHORT || digits > TEN) return Optional.empty();
        var from = groups.from(group);
        var letters = 0;
        while (letters < 3 && Folded.isLetter(text.at(from - 1))) {
            from--;
            letters++;
        }
        var to = groups.to(group);
        if (letters > 2 || text.isWordSign(from - 1) || !Surroundings.isApartAfter(text, to)) return Optional.empty();
        var holds = isStrict(text, from, letters, digits)
                && !Context.isOfGoods(text, from)
                && !Context.isInLink(text, from);
        if (!holds) holds = fits(letters, digits) && Context.speaksOf(Context.PASSPORT, text, from);
        return holds ? Optional.of(new Run(Kind.PASSPORT, from, to, group)) : Optional.empty();
    }

    /** What the mainland gives out: E or G and eight digits. */
    private static boolean isStrict(Folded text, int from, int letters, int digits) {
        return letters == 1 && digits == LONG && (text.at(from) == 'E' || text.at(from) == 'G');
    }

    private static boolean fits(int letters, int digits) {
        return switch (letters) {
            case 0 -> digits == NINE;
            case 1 -> digits <= LONG || digits == TEN;
            default -> digits <= LONG;
        };
    }
}
