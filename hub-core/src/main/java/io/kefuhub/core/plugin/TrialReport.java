package io.kefuhub.core.plugin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the two sides of a trial fared up to one moment: numbers and names, never content. Immutable.
 *
 * @param since when counting began
 * @param agreed how often a shadow said the same as the serving side; of a canary nothing is compared one by one
 * @param differences the last of those that were counted as differed, oldest first
 * @param dropped shadow calls that were not made, because too many were under way
 * @param fallbacks messages for which the serving side stood in, because the canary failed
 */
public record TrialReport(
        Instant since,
        Side serving,
        Side candidate,
        long agreed,
        long differed,
        List<Difference> differences,
        long dropped,
        long fallbacks) {
    public TrialReport {
        differences = List.copyOf(differences);
    }

    /**
     * How one side fared. Immutable.
     *
     * @param calls all of them, those that failed or were late included
     * @param errors exceptions, forbidden answers, and calls that were refused because it rests
     * @param p50 half of the calls took at most this
     * @param words how often it said what, see {@link Outcome#word}
     * @param sources what a responder answered from, by kind
     */
    public record Side(
            long calls,
            long errors,
            long late,
            Duration p50,
            Duration p95,
            Map<String, Long> words,
            Map<String, Long> sources) {
        public Side {
            words = Map.copyOf(words);
            sources = Map.copyOf(sources);
        }

        /** How often it said anything. */
        public long said() {
            return words.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Returns which part of what it said was this word, from 0 to 1. */
        public double share(String word) {
            var all = said();
            return all == 0 ? 0 : (double) words.getOrDefault(word, 0L) / all;
        }
    }

    /**
     * A message that the two sides judged, or a turn that they answered, in different ways. Immutable.
     *
     * @param stage of a filter; empty for a responder
     */
    public record Difference(
            Instant at, String conversation, String stage, Outcome.Aspect aspect, One serving, One candidate) {
        /** What one side said. */
        public record One(String word, Set<String> tags, Duration took) {
            public One {
                tags = Set.copyOf(tags);
            }
        }
    }

    /** How many percentage points more often than the serving side the candidate says each word. */
    public Map<String, Double> drift() {
        var words = new TreeSet<>(serving.words().keySet());
        words.addAll(candidate.words().keySet());
        var drift = new TreeMap<String, Double>();
        for (var word : words) drift.put(word, 100 * (candidate.share(word) - serving.share(word)));
        return drift;
    }
}
