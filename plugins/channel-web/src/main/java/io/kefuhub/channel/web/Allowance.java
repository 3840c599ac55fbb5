package io.kefuhub.channel.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what each key has done lately against one or more limits. Safe for threads. */
final class Allowance {
    private final InstantSource clock;
    private final List<Limit> limits;
    private final Duration longest;
    private final ConcurrentHashMap<String, ArrayDeque<Instant>> done = new ConcurrentHashMap<>();

    /** So many within any such period. */
    record Limit(int count, Duration period) {}

    Allowance(InstantSource clock, Limit... limits) {
        this.clock = clock;
        this.limits = List.of(limits);
        longest =
                this.limits.stream().map(Limit::period).max(Duration::compareTo).orElseThrow();
    }

    /** Counts one more, or says how long to wait. */
    Optional<Duration> take(String key) {
        var now = clock.instant();
        var pause = new Duration[] {Duration.ZERO};
        done.compute(key, (_, known) -> {
            var times = known == null ? new ArrayDeque<Instant>(2) : known;
            forget(times, now);
            for (var limit : limits) {
                var wait = wait(times, limit, now);
                if (wait.compareTo(pause[0]) > 0) pause[0] = wait;
            }
            if (pause[0].isZero()) times.addLast(now);
            return times;
        });
        return Optional.of(pause[0]).filter(Duration::isPositive);
    }

    /** Forgets the keys that have done nothing lately. */
    void prune() {
        var now = clock.instant();
        for (var key : done.keySet()) {
            done.computeIfPresent(key, (_, times) -> {
                forget(times, now);
                return times.isEmpty() ? null : times;
            });
        }
    }

    private void forget(ArrayDeque<Instant> times, Instant now) {
        var start = now.minus(longest);
        while (!times.isEmpty() && !times.getFirst().isAfter(start)) times.removeFirst();
    }

    private static Duration wait(ArrayDeque<Instant> times, Limit limit, Instant now) {
        var start = now.minus(limit.period());
        var count = 0;
        var newest = times.descendingIterator();
        while (newest.hasNext()) {
            var time = newest.next();
            if (!time.isAfter(start)) return Duration.ZERO;
            if (++count >= limit.count()) return Duration.between(start, time);
        }
        return limit.count() == 0 ? limit.period() : Duration.ZERO;
    }
}
