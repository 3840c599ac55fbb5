package io.kefuhub.filter.privacy;

import io.kefuhub.filter.privacy.finding.Found;
import io.kefuhub.filter.privacy.finding.Kind;

/**
 * How what is found is covered where people read. Immutable.
 *
 * @param sign stands for each character
 * @param ends whether so much stays that whoever knows it knows it again
 */
record Cover(char sign, boolean ends) {
    /** How many characters stay at either end. */
    private record Rest(int first, int last) {
        static final Rest NOTHING = new Rest(0, 0);
    }

    /** Writes what was found, covered. */
    void write(String text, Found found, StringBuilder to) {
        var rest = ends ? rest(found) : Rest.NOTHING;
        var end = found.to();
        if (ends && found.kind() == Kind.EMAIL) end = host(text, found);
        var signs = signs(text, found.from(), end);
        var all = signs <= rest.first + rest.last;
        var seen = 0;
        for (var at = found.from(); at < end; at += Character.charCount(text.codePointAt(at))) {
            var letter = text.codePointAt(at);
            var counts = Character.isLetterOrDigit(letter);
            if (counts) seen++;
            var stays = !counts || (!all && (seen <= rest.first || seen > signs - rest.last));
            if (stays) to.appendCodePoint(letter);
            else to.append(sign);
        }
        to.append(text, end, found.to());
    }

    private static Rest rest(Found found) {
        return switch (found.kind()) {
            case PHONE -> found.to() - found.from() < 11 ? new Rest(0, 2) : new Rest(3, 4);
            case ID_CARD -> new Rest(1, 1);
            case BANK_CARD, ORDER -> new Rest(0, 4);
            case EMAIL -> new Rest(1, 0);
            case PLATE -> new Rest(2, 1);
            case PASSPORT -> new Rest(1, 2);
            case ADDRESS -> Rest.NOTHING;
        };
    }

    private static int host(String text, Found found) {
        for (var at = found.from(); at < found.to(); at++) {
            if (text.charAt(at) == '@' || text.charAt(at) == '＠') return at;
        }
        return found.to();
    }

    private static int signs(String text, int from, int to) {
        return (int) text.substring(from, to)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .count();
    }
}
