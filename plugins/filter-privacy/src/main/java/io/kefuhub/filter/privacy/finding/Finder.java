package io.kefuhub.filter.privacy.finding;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds personal data in texts, none over another. Immutable; safe for threads. */
public final class Finder {
    /** Ends a thought: nothing that is found reaches over it, and no word behind it says what stood before. */
    private static final String ENDS = "。！？!?;；\n";

    private final List<Pattern> orders;

    /** @param orders what order numbers look like here */
    public Finder(List<Pattern> orders) {
        this.orders = List.copyOf(orders);
    }

    /** What is found, in the order of the text. */
    public List<Found> find(String text) {
        List<Found> found = List.of();
        for (var order : orders) found = merged(found, matches(order, text));
        if (!Folded.isWorthALook(text)) return found;
        var folded = Folded.of(text);
        found = merged(found, Emails.in(folded));
        found = merged(found, numbers(folded));
        found = merged(found, Spoken.in(folded));
        found = merged(found, Plates.in(folded));
        return merged(found, Addresses.in(folded));
    }

    /** What is found, and whatever else stands there word for word that is known to be personal. */
    public List<Found> find(String text, Map<String, Kind> known) {
        var found = find(text);
        for (var one : known.entrySet()) {
            var more = new ArrayList<Found>(0);
            var value = one.getKey();
            for (var at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length())) {
                if (!isInside(text, at, at + value.length()))
                    more.add(new Found(one.getValue(), at, at + value.length()));
            }
            found = merged(found, more);
        }
        return found;
    }

    /** Whether it is only a piece of a longer number or word. */
    private static boolean isInside(String text, int from, int to) {
        return (from > 0 && isWordSign(text.charAt(from - 1)) && isWordSign(text.charAt(from)))
                || (to < text.length() && isWordSign(text.charAt(to)) && isWordSign(text.charAt(to - 1)));
    }

    private static boolean isWordSign(char sign) {
        return Folded.isDigit(sign) || Folded.isLetter(sign);
    }

    private static List<Found> matches(Pattern order, String text) {
        var found = new ArrayList<Found>(0);
        var matcher = order.matcher(text);
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) found.add(new Found(Kind.ORDER, matcher.start(), matcher.end()));
        }
        return found;
    }

    /** Both in order; what is in the first one stays where they touch. */
    private static List<Found> merged(List<Found> first, List<Found> second) {
        if (second.isEmpty()) return first;
        if (first.isEmpty()) return second;
        var all = new ArrayList<Found>(first.size() + second.size());
        var next = 0;
        for (var one : second) {
            while (next < first.size() && first.get(next).to() <= one.from()) all.add(first.get(next++));
            if (next == first.size() || first.get(next).from() >= one.to()) all.add(one);
        }
        while (next < first.size()) all.add(first.get(next++));
        return all;
    }

    private static List<Found> numbers(Folded text) {
        var groups = Groups.of(text);
        var found = new ArrayList<Found>(0);
        for (var group = 0; group < groups.size(); group++) {
            var first = group;
            var run = IdCards.at(text, groups, first)
                    .or(() -> BankCards.at(text, groups, first))
                    .or(() -> Passports.at(text, groups, first))
                    .or(() -> Phones.at(text, groups, first));
            if (run.isEmpty()) continue;
            found.add(run.get().found());
            group = run.get().last();
        }
        return found;
    }

    /** How many characters of a growing text are settled: nothing of them is found or may yet be. */
    public int settled(String text) {
        if (!orders.isEmpty()) return 0;
        var settled = 0;
        for (var at = text.length(); at > 0 && settled == 0; at--) {
            if (ENDS.indexOf(text.charAt(at - 1)) >= 0) settled = at;
        }
        var found = find(text);
        return found.isEmpty() ? settled : Math.min(settled, found.getFirst().from());
    }
}
