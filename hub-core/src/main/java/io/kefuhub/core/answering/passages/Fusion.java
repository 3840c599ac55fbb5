package io.kefuhub.core.answering.passages;

import io.kefuhub.core.answering.knowledge.SearchRules;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Joins what is near by words and what is near by meaning: each list counts 1 / (k + rank), because scores of two kinds
 * cannot be added. What neither shares enough words nor enough meaning with the question is left out.
 */
final class Fusion {
    /** @param score from 0 to 1 */
    record Ranked(Item item, double score, Passage.How how, Optional<Double> cosine) {}

    private Fusion() {}

    /** @param telling how many terms of the question tell what it is about */
    static List<Ranked> of(
            List<PassageIndex.Hit> byWords, List<VectorShelf.Near> byMeaning, int telling, SearchRules rules) {
        double k = rules.fusion();
        Map<UUID, Double> scores = new HashMap<>();
        Map<UUID, Item> items = new LinkedHashMap<>();
        Map<UUID, Boolean> enoughWords = new HashMap<>();
        Map<UUID, Double> cosines = new HashMap<>();
        for (int rank = 0; rank < byWords.size(); rank++) {
            var hit = byWords.get(rank);
            items.put(hit.item().id(), hit.item());
            scores.merge(hit.item().id(), 1 / (k + rank + 1), Double::sum);
            enoughWords.put(hit.item().id(), hit.telling() >= Math.clamp(telling, 1, rules.words()));
        }
        for (int rank = 0; rank < byMeaning.size(); rank++) {
            var near = byMeaning.get(rank);
            items.put(near.item().id(), near.item());
            scores.merge(near.item().id(), 1 / (k + rank + 1), Double::sum);
            cosines.put(near.item().id(), near.cosine());
        }
        double most = (byMeaning.isEmpty() ? 1 : 2) / (k + 1);
        return items.values().stream()
                .flatMap(item -> {
                    boolean words = enoughWords.getOrDefault(item.id(), false);
                    var cosine = Optional.ofNullable(cosines.get(item.id()));
                    boolean meaning = cosine.isPresent() && cosine.get() >= rules.cosine();
                    if (!words && !meaning) return Stream.<Ranked>empty();
                    var how = words && meaning ? Passage.How.BOTH : words ? Passage.How.WORDS : Passage.How.MEANING;
                    double score = scores.getOrDefault(item.id(), 0.0) / most;
                    return Stream.of(new Ranked(item, score, how, cosine));
                })
                .sorted(Comparator.comparingDouble(Ranked::score).reversed())
                .toList();
    }
}
