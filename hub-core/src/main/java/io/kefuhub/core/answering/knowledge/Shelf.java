package io.kefuhub.core.answering.knowledge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All entries of one desk for one language, arranged for finding; never changes, safe for threads.
 *
 * <p>A question goes three ways, the cheapest first: word for word in a map, remembered in a cache, or by BM25
 * over all wordings and then judged by {@link Judgement}.
 */
final class Shelf {
    private static final int REMEMBERED = 10_000;

    private final Map<String, List<Wording>> byForm = new HashMap<>();
    private final Map<EntryId, Set<String>> vocabulary = new HashMap<>();
    private final Weights weights;
    private final TextSearch<Wording> search;
    private final Cache<Asked, Remembered> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final List<Instant> turningPoints;
    private final boolean restricted;
    private final boolean byChannel;

    Shelf(List<KnowledgeEntry> entries) {
        var wordings = new ArrayList<Wording>();
        for (var entry : entries) {
            var known = new HashSet<String>();
            entry.wordings().forEach(text -> {
                var wording = Wording.of(entry, text);
                wordings.add(wording);
                known.addAll(wording.counts().keySet());
                byForm.computeIfAbsent(Normaliser.normal(text), form -> new ArrayList<>())
                        .add(wording);
            });
            vocabulary.put(entry.id(), Set.copyOf(known));
        }
        restricted = entries.stream().anyMatch(entry -> !entry.content().reach().isEverybody());
        byChannel = entries.stream()
                .anyMatch(entry -> !entry.content().reach().channels().isEmpty());
        weights = new Weights(wordings);
        search = new TextSearch<>(wordings, Wording::text);
        turningPoints = entries.stream()
                .flatMap(entry -> Stream.of(
                        entry.content().validity().from(),
                        entry.content().validity().until()))
                .distinct()
                .sorted()
                .toList();
    }

    /** What these entries say to a question, and what else came near. */
    Tried ask(Asker asker, String question, Instant now, SearchRules rules) {
        var form = Normaliser.normal(question);
        var exact = usable(byForm.getOrDefault(form, List.of()), asker, now);
        if (exact.size() == 1) {
            var wording = exact.getFirst();
            var found = new Found.Direct(wording.entry(), wording.text(), 1, Found.Reason.EXACT);
            return new Tried(found, List.of(new Found.Candidate(wording.entry(), wording.text(), 1, Found.Doubt.NONE)));
        }
        int period = period(now);
        var asked = new Asked(form, restricted ? asker : Asker.anybody(asker.language()));
        var known = remembered.getIfPresent(asked);
        if (known != null && known.period == period && known.rules.equals(rules)) return known.tried;
        var tried = judge(form, asker, now, rules);
        remembered.put(asked, new Remembered(period, rules, tried));
        return tried;
    }

    private Tried judge(String form, Asker asker, Instant now, SearchRules rules) {
        var asked = Terms.of(form);
        var judgement = new Judgement(asked, weights, rules);
        var near = search.nearest(asked, rules.candidates()).stream()
                .filter(wording -> wording.entry().usableFor(asker, now))
                .toList();
        for (var wording : Reach.narrowest(near, one -> Optional.of(one.entry()))) {
            judgement.consider(wording, vocabulary.getOrDefault(wording.entry().id(), Set.of()));
        }
        return judgement.outcome();
    }

    /** One wording per entry; two entries with the same question leave two. */
    private static List<Wording> usable(List<Wording> wordings, Asker asker, Instant now) {
        var theirs = wordings.stream()
                .filter(wording -> wording.entry().usableFor(asker, now))
                .toList();
        return List.copyOf(Reach.narrowest(theirs, one -> Optional.of(one.entry())).stream()
                .collect(Collectors.toMap(
                        wording -> wording.entry().id(), wording -> wording, (one, other) -> one, LinkedHashMap::new))
                .values());
    }

    /** Between two turning points no entry begins or ends; what was found in one such period holds all through it. */
    private int period(Instant now) {
        int low = 0;
        int high = turningPoints.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (turningPoints.get(middle).isAfter(now)) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    boolean tellsChannelsApart() {
        return byChannel;
    }

    private record Asked(String form, Asker asker) {}

    private record Remembered(int period, SearchRules rules, Tried tried) {}
}
