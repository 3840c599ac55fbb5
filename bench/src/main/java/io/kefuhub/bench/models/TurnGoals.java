package io.kefuhub.bench.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What turns that a model answers must reach, of as much of it as was measured. */
final class TurnGoals {
    private static final double MOST_TURNS = 1_000;
    private static final int SOME = 16;
    private static final double MOST_ADDED = 5;

    private TurnGoals() {}

    static List<Goal> of(List<TurnRun.Row> rows) {
        var goals = new ArrayList<Goal>();
        for (var row : rows) {
            if (row.customers() == SOME) goals.add(quick(row));
        }
        // So many customers that the model alone does not keep them from it.
        rows.stream()
                .filter(row -> row.straight().perSecond() >= MOST_TURNS)
                .collect(Collectors.groupingBy(TurnRun.Row::codec, TreeMap::new, Collectors.toList()))
                .forEach((codec, some) -> goals.add(many(codec, some)));
        return goals;
    }

    private static Goal many(String codec, List<TurnRun.Row> rows) {
        var best = rows.stream()
                .map(row -> row.load().perSecond())
                .max(Comparator.naturalOrder())
                .orElse(0.0);
        return new Goal(
                "%s: at least %.0f turns a second (%.0f)".formatted(codec, MOST_TURNS, best), best >= MOST_TURNS);
    }

    private static Goal quick(TurnRun.Row row) {
        var added = row.addedMillis();
        return new Goal(
                String.format(
                        Locale.ROOT,
                        "%s, %d customers: half of the answers at most %.0f ms later than from the model server (%.2f)",
                        row.codec(),
                        SOME,
                        MOST_ADDED,
                        added),
                added <= MOST_ADDED);
    }
}
