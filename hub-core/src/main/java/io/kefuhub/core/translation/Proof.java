package io.kefuhub.core.translation;

import io.kefuhub.api.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proves that a translation altered nothing: it has every number, price, link, order number, address, placeholder and
 * emoji of the original as it was written, none besides, and each term of the glossary as told. It knows nothing of
 * languages, so it is the same for every translator; what it cannot prove is not believed.
 */
final class Proof {
    private static final int FEW_SIGNS = 200;
    private static final int TIMES_LONGER = 12;

    private Proof() {}

    /**
     * Says what was altered: a word for agents, a colon and what it is about. Empty where nothing was.
     *
     * @param glossary what must become what, the longest first
     */
    static Optional<String> altered(
            String original, String translation, Map<String, String> glossary, Language from, Language to) {
        if (translation.isBlank()) return Optional.of("missing:");
        if (translation.length() > original.length() * TIMES_LONGER + FEW_SIGNS) return Optional.of("length:");
        var before = original;
        var after = translation;
        for (var term : glossary.entrySet()) {
            var wanted = Term.pattern(term.getKey(), true);
            var times = (int) wanted.matcher(before).results().count();
            if (times == 0) continue;
            before = wanted.matcher(before).replaceAll(" ");
            var became = Term.pattern(term.getValue(), term.getKey().equals(term.getValue()));
            var found = became.matcher(after).results().limit(times).toList();
            if (found.isEmpty()) return Optional.of("term:" + term.getValue());
            after = without(after, found);
        }
        var kept = Kept.of(before);
        var now = Kept.of(after);
        return counted(kept, now, before)
                .or(() -> Currencies.added(Currencies.in(original), Currencies.in(translation))
                        ? Optional.of("currency:")
                        : Optional.empty())
                .or(() -> inWrongLanguage(kept, now, from, to));
    }

    private static Optional<String> counted(Kept kept, Kept now, String before) {
        for (var fact : kept.counts().entrySet()) {
            if (now.counts().getOrDefault(fact.getKey(), 0) < fact.getValue()) {
                return Optional.of("missing:" + fact.getKey());
            }
        }
        var words = new HashMap<String, Integer>();
        for (var fact : now.counts().entrySet()) {
            var more = fact.getValue() - kept.counts().getOrDefault(fact.getKey(), 0);
            if (more <= 0) continue;
            if (words.isEmpty()) words.putAll(NumberWords.in(before));
            if (words.getOrDefault(fact.getKey(), 0) < more) return Optional.of("added:" + fact.getKey());
        }
        return Optional.empty();
    }

    /** A translator that answers in the language it was asked in has not translated. */
    private static Optional<String> inWrongLanguage(Kept kept, Kept now, Language from, Language to) {
        if (Tongues.same(from, to) || !kept.hasWords()) return Optional.empty();
        var written = Tongues.sure(now.rest());
        var isOriginals = written.isPresent()
                && Tongues.same(written.get(), from)
                && Tongues.sure(kept.rest())
                        .filter(one -> Tongues.same(one, from))
                        .isPresent();
        return isOriginals ? Optional.of("language:") : Optional.empty();
    }

    private static String without(String text, List<java.util.regex.MatchResult> places) {
        var rest = new StringBuilder(text);
        var last = new ArrayList<>(places).reversed();
        for (var place : last) rest.replace(place.start(), place.end(), " ");
        return rest.toString();
    }
}
