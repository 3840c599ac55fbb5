package io.kefuhub.bench.models;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What happened while all models were down. Immutable.
 *
 * @param from until {@code until} they were, in {@link System#nanoTime()}
 * @param calls that reached them
 * @param recovered how long after that models answered again
 * @param seen what was asked meanwhile
 */
record OutageRow(
        Upstream.State down, long from, long until, long calls, Duration recovered, List<OutageRow.Seen> seen) {
    static final int PER_SECOND = 100;
    static final Duration MOST_RECOVERY = Duration.ofSeconds(20);
    static final String HEAD = """
            | down by | questions meanwhile | calls to models | by a model | passage | menu | promise | nothing | without a model: p50 ms | p95 ms | p95 behind 15 s | max ms | well again after s | |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|""";

    private static final Duration NOTICED = Duration.ofSeconds(15);
    private static final Duration MOST_WAIT = Duration.ofMillis(300);
    private static final int PROBES_A_MINUTE = 20;
    private static final Set<String> BY_MODEL = Set.of("full", "cheaper");
    private static final Set<String> WITHOUT_MODEL = Set.of("extract", "menu", "promise");

    /** Somebody asked at a moment and got something. */
    record Seen(long at, Assistant.Got got) {
        boolean isByModel() {
            return BY_MODEL.contains(got.rung());
        }

        boolean isAnswered() {
            return isByModel() || WITHOUT_MODEL.contains(got.rung());
        }
    }

    /** With those of all questions that fell into it. */
    OutageRow with(Collection<Seen> all) {
        var meanwhile = all.stream()
                .filter(one -> one.at() - from >= 0 && one.at() - until < 0)
                .toList();
        return new OutageRow(down, from, until, calls, recovered, meanwhile);
    }

    boolean holds() {
        var minutes = 1 + seen.size() / PER_SECOND / 60;
        // A provider that says nothing is known for it only when the first calls have waited in vain.
        var p95 = share(down == Upstream.State.SILENT ? behind(NOTICED) : behind(Duration.ZERO), 95);
        return seen.stream().allMatch(Seen::isAnswered)
                && calls <= seen.size() * 11L / 10 + (long) PROBES_A_MINUTE * minutes
                && p95.compareTo(MOST_WAIT) < 0
                && recovered.compareTo(MOST_RECOVERY) <= 0;
    }

    /** How long answers without a model took to those who asked so long after the beginning, sorted. */
    private List<Duration> behind(Duration start) {
        return seen.stream()
                .filter(one -> one.at() - from - start.toNanos() >= 0)
                .filter(one -> !one.isByModel())
                .map(one -> one.got().took())
                .sorted()
                .toList();
    }

    private static Duration share(List<Duration> sorted, int percent) {
        return sorted.get(sorted.size() * percent / 100);
    }

    private long of(String rung) {
        return seen.stream().filter(one -> one.got().rung().equals(rung)).count();
    }

    /** Its line of the table. */
    @Override
    public String toString() {
        var all = behind(Duration.ZERO);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %.1f | %s |",
                down.name().toLowerCase(Locale.ROOT),
                seen.size(),
                calls,
                seen.stream().filter(Seen::isByModel).count(),
                of("extract"),
                of("menu"),
                of("promise"),
                seen.stream().filter(one -> !one.isAnswered()).count(),
                share(all, 50).toMillis(),
                share(all, 95).toMillis(),
                share(behind(NOTICED), 95).toMillis(),
                all.getLast().toMillis(),
                recovered.toMillis() / 1_000.0,
                holds() ? "holds" : "DOES NOT HOLD");
    }
}
