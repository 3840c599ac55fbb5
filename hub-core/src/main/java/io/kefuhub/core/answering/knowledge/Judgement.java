package io.kefuhub.core.answering.knowledge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Weighs one question against the wordings that came near, and decides. For one thread, used once.
 *
 * <p>A wrong answer costs more than a menu, so an entry is believed only if <em>all</em> of this holds: the
 * question reaches {@link SearchRules#alike} of the BM25 score that the wording has for itself; the entry knows the words
 * of the question ({@link SearchRules#known} of their weight, none replaced by another); numbers and negations are equal;
 * and no other entry comes within {@link SearchRules#margin}.
 */
final class Judgement {
    private final Terms asked;
    private final Set<String> askedTerms;
    private final Weights weights;
    private final SearchRules rules;
    private final Map<EntryId, Weighed> best = new LinkedHashMap<>();

    Judgement(Terms asked, Weights weights, SearchRules rules) {
        this.asked = asked;
        this.askedTerms = new HashSet<>(asked.all());
        this.weights = weights;
        this.rules = rules;
    }

    /** Weighs a wording of an entry that knows these terms. */
    void consider(Wording wording, Set<String> vocabulary) {
        double reached = weights.score(wording, askedTerms) / weights.selfScore(wording);
        double known = known(asked.single(), vocabulary);
        double shared = known(askedTerms, wording.counts().keySet());
        double score = Math.sqrt(reached * shared);
        var weighed = new Weighed(wording, score, shared, score, doubt(wording, reached, known));
        best.merge(wording.entry().id(), weighed, Weighed::better);
    }

    Tried outcome() {
        var order = best.values().stream().sorted(ORDER).toList();
        var candidates = order.stream().map(Weighed::candidate).collect(Collectors.toCollection(ArrayList::new));
        if (candidates.isEmpty()) return Tried.NOTHING;
        var first = order.getFirst();
        boolean alone = order.stream().skip(1).allMatch(other -> first.top - other.top >= rules.margin());
        if (first.doubt == Found.Doubt.NONE && !alone) {
            candidates.set(0, first.withDoubt(Found.Doubt.NOT_ALONE).candidate());
        }
        return new Tried(found(order, candidates), candidates);
    }

    private Found found(List<Weighed> order, List<Found.Candidate> candidates) {
        var top = candidates.getFirst();
        if (top.doubt() == Found.Doubt.NONE) {
            return new Found.Direct(top.entry(), top.wording(), top.score(), Found.Reason.ALIKE);
        }
        var menu = new ArrayList<Found.Candidate>();
        for (int place = 0; place < order.size() && menu.size() < Found.MENU; place++) {
            if (order.get(place).shared >= rules.near()) menu.add(candidates.get(place));
        }
        return menu.isEmpty() ? new Found.Nothing() : new Found.Near(menu);
    }

    private Found.Doubt doubt(Wording wording, double reached, double known) {
        if (!wording.numbers().equals(asked.numbers())) return Found.Doubt.NUMBERS_DIFFER;
        if (wording.negations() != asked.negations()) return Found.Doubt.NEGATION_DIFFERS;
        if (known < rules.known()) return Found.Doubt.UNKNOWN_WORDS;
        return reached < rules.alike() ? Found.Doubt.TOO_LITTLE : Found.Doubt.NONE;
    }

    /** The share of the terms' weight that lies in the vocabulary. */
    private double known(Set<String> terms, Set<String> vocabulary) {
        double all = 0;
        double inside = 0;
        for (var term : terms) {
            double weight = weights.rarity(term);
            all += weight;
            if (vocabulary.contains(term)) inside += weight;
        }
        return all == 0 ? 0 : inside / all;
    }

    private static final Comparator<Weighed> ORDER =
            Comparator.comparing((Weighed one) -> one.doubt != Found.Doubt.NONE).thenComparing(one -> -one.score());

    /**
     * How well one entry fits.
     *
     * @param wording the wording that speaks for it best
     * @param shared the share of the question that lies in this very wording
     * @param top the best score of all its wordings, doubted or not
     */
    private record Weighed(Wording wording, double score, double shared, double top, Found.Doubt doubt) {
        Weighed better(Weighed other) {
            var one = ORDER.compare(this, other) <= 0 ? this : other;
            return new Weighed(
                    one.wording, one.score, Math.max(shared, other.shared), Math.max(top, other.top), one.doubt);
        }

        Weighed withDoubt(Found.Doubt other) {
            return new Weighed(wording, score, shared, top, other);
        }

        Found.Candidate candidate() {
            return new Found.Candidate(wording.entry(), wording.text(), score, doubt);
        }
    }
}
