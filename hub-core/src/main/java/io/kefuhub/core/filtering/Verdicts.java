package io.kefuhub.core.filtering;

import io.kefuhub.core.plugin.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What each filter has said of late, whichever version or settings it had: by its name, in memory, since the hub's start.
 * Safe for threads.
 */
public final class Verdicts {
    private static final List<String> WORDS = List.of("pass", "rewrite", "hold", "block", "failed");
    private static final int FAILED = WORDS.indexOf("failed");
    private static final int MOST_FAILURES = 5;

    private final ConcurrentMap<String, OfFilter> filters = new ConcurrentHashMap<>();
    private final InstantSource clock;

    private record OfFilter(Ring hour, Ring day, LongAdder[] all, Deque<Failure> failures) {
        static OfFilter none() {
            var all = new LongAdder[WORDS.size()];
            for (var i = 0; i < all.length; i++) all[i] = new LongAdder();
            return new OfFilter(
                    new Ring(Duration.ofMinutes(1), 60, WORDS.size()),
                    new Ring(Duration.ofMinutes(15), 96, WORDS.size()),
                    all,
                    new ArrayDeque<>());
        }
    }

    /** @param why for an admin; what a plugin threw is in it */
    record Failure(Instant at, String version, Reason why) {}

    /** How often it said what. */
    record Count(long passed, long rewritten, long held, long blocked, long failed) {
        private static Count of(long[] sums) {
            return new Count(sums[0], sums[1], sums[2], sums[3], sums[FAILED]);
        }
    }

    /** @param failures the latest first */
    record Known(Count hour, Count day, Count sinceStart, List<Failure> failures) {}

    public Verdicts(InstantSource clock) {
        this.clock = clock;
    }

    /** Notes what was said of one message. Of one on trial that failed nothing is noted: the serving one comes next. */
    public void note(List<Judged> trail) {
        if (trail.isEmpty()) return;
        var now = clock.instant();
        for (var judged : trail) {
            var word = WORDS.indexOf(judged.verdict());
            if (word < 0 || (judged.candidate() && word == FAILED)) continue;
            var filter = filters.computeIfAbsent(judged.filter(), _ -> OfFilter.none());
            filter.hour().add(now, word);
            filter.day().add(now, word);
            filter.all()[word].increment();
            if (word == FAILED) keep(filter.failures(), new Failure(now, judged.version(), judged.reason()));
        }
    }

    private static void keep(Deque<Failure> failures, Failure latest) {
        synchronized (failures) {
            if (failures.size() == MOST_FAILURES) failures.removeLast();
            failures.addFirst(latest);
        }
    }

    /** What is known of a filter; nothing but zeros when it was never asked. */
    Known of(String filter) {
        return known(filters.getOrDefault(filter, OfFilter.none()));
    }

    private Known known(OfFilter filter) {
        var now = clock.instant();
        var all = new long[WORDS.size()];
        for (var i = 0; i < all.length; i++) all[i] = filter.all()[i].sum();
        synchronized (filter.failures()) {
            return new Known(
                    Count.of(filter.hour().sums(now)),
                    Count.of(filter.day().sums(now)),
                    Count.of(all),
                    List.copyOf(filter.failures()));
        }
    }
}
