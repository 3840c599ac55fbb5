package io.kefuhub.core.plugin;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts what one side of a trial said. Safe for threads; counting waits for nobody. */
final class Tally {
    private static final int MOST_SOURCES = 20;
    private static final String OTHER_SOURCES = "others";

    private final LongAdder calls = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final Latencies latencies = new Latencies();
    private final ConcurrentMap<String, LongAdder> words = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> sources = new ConcurrentHashMap<>();

    void count(Asked<Outcome> asked) {
        switch (asked) {
            case Asked.Answered<Outcome>(var said, var nanos) -> {
                count(words, said.word());
                if (!said.source().isEmpty()) count(sources, known(said.source()));
                if (!said.asked()) return;
                latencies.add(nanos);
            }
            case Asked.Late<Outcome>(var nanos) -> {
                late.increment();
                latencies.add(nanos);
            }
            case Asked.Failed<Outcome> _, Asked.Unavailable<Outcome> _ -> errors.increment();
        }
        calls.increment();
    }

    /** The names come from a plugin, which may make up ever new ones. */
    private String known(String source) {
        return sources.size() < MOST_SOURCES || sources.containsKey(source) ? source : OTHER_SOURCES;
    }

    private static void count(ConcurrentMap<String, LongAdder> counts, String name) {
        counts.computeIfAbsent(name, _ -> new LongAdder()).increment();
    }

    TrialReport.Side now() {
        return new TrialReport.Side(
                calls.sum(),
                errors.sum(),
                late.sum(),
                latencies.percentile(0.5),
                latencies.percentile(0.95),
                sums(words),
                sums(sources));
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, count -> count.getValue().sum(), Long::sum, TreeMap::new));
    }
}
