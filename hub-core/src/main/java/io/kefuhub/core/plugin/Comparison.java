package io.kefuhub.core.plugin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts how the two sides of a trial fare. Safe for threads; only a difference takes a lock. */
final class Comparison {
    static final int DIFFERENCES = 20;
    private static final int MOST_TAGS = 10;
    private static final int LONGEST_TAG = 40;

    private final InstantSource clock;
    private final Instant since;
    private final Tally serving = new Tally();
    private final Tally candidate = new Tally();
    private final LongAdder agreed = new LongAdder();
    private final LongAdder differed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder fallbacks = new LongAdder();
    private final Deque<TrialReport.Difference> differences = new ArrayDeque<>();

    Comparison(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    /** A comparison that starts from nothing. */
    Comparison anew() {
        return new Comparison(clock);
    }

    void served(Asked<Outcome> asked) {
        serving.count(asked);
    }

    void tried(Asked<Outcome> asked) {
        candidate.count(asked);
    }

    void fellBack() {
        fallbacks.increment();
    }

    void dropped() {
        dropped.increment();
    }

    /** Compares two answers to one question; says nothing where one side has none. */
    void compare(Trial.Question question, Asked<Outcome> served, Asked<Outcome> tried) {
        if (!(served instanceof Asked.Answered<Outcome>(var theirs, var theirNanos))) return;
        if (!(tried instanceof Asked.Answered<Outcome>(var its, var itsNanos))) return;
        var aspect = its.differsFrom(theirs);
        if (aspect.isEmpty()) {
            agreed.increment();
            return;
        }
        keep(new TrialReport.Difference(
                clock.instant(),
                question.conversation(),
                question.stage(),
                aspect.get(),
                one(theirs, theirNanos),
                one(its, itsNanos)));
        differed.increment();
    }

    private static TrialReport.Difference.One one(Outcome said, long nanos) {
        return new TrialReport.Difference.One(said.word(), few(said.tags()), Duration.ofNanos(nanos));
    }

    /** They come from a plugin and are kept for a while. */
    private static Set<String> few(Set<String> tags) {
        return tags.stream()
                .sorted()
                .limit(MOST_TAGS)
                .map(tag -> tag.substring(0, Math.min(LONGEST_TAG, tag.length())))
                .collect(Collectors.toSet());
    }

    private void keep(TrialReport.Difference difference) {
        synchronized (differences) {
            differences.add(difference);
            if (differences.size() > DIFFERENCES) differences.remove();
        }
    }

    TrialReport now() {
        return new TrialReport(
                since,
                serving.now(),
                candidate.now(),
                agreed.sum(),
                differed.sum(),
                last(),
                dropped.sum(),
                fallbacks.sum());
    }

    private List<TrialReport.Difference> last() {
        synchronized (differences) {
            return List.copyOf(differences);
        }
    }
}
