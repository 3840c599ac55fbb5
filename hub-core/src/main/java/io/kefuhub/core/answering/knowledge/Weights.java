package io.kefuhub.core.answering.knowledge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How much each term counts among the wordings of one shelf: BM25, with exact lengths. Immutable. */
final class Weights {
    private static final double K1 = 1.2;
    private static final double B = 0.75;
    private static final double ASKING = 0.4;

    private final Map<String, Integer> frequency = new HashMap<>();
    private final int total;
    private final double usualLength;

    Weights(List<Wording> wordings) {
        for (var wording : wordings) {
            for (var term : wording.counts().keySet()) frequency.merge(term, 1, Integer::sum);
        }
        total = wordings.size();
        usualLength = wordings.stream().mapToInt(Wording::length).average().orElse(1);
    }

    /** The rarer, the heavier; a term never seen here is the heaviest. */
    double rarity(String term) {
        int seen = frequency.getOrDefault(term, 0);
        return Math.log(1 + (total - seen + 0.5) / (seen + 0.5));
    }

    /**
     * The BM25 score of a wording for these terms. Words that only ask count less, so that "return policy" reaches
     * "what is your return policy"; but not where something is denied.
     */
    double score(Wording wording, Set<String> asked) {
        double asking = wording.negations() == 0 ? ASKING : 1;
        double sum = 0;
        for (var term : asked) {
            int count = wording.counts().getOrDefault(term, 0);
            if (count == 0) continue;
            double weight = rarity(term) * saturated(count, wording.length());
            sum += Words.ASKING.contains(term) ? asking * weight : weight;
        }
        return sum;
    }

    /** The score of a wording for itself: the most it can reach. */
    double selfScore(Wording wording) {
        return score(wording, wording.counts().keySet());
    }

    private double saturated(int count, int length) {
        return count * (K1 + 1) / (count + K1 * (1 - B + B * length / usualLength));
    }
}
