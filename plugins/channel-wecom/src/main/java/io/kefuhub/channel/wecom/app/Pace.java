package io.kefuhub.channel.wecom.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps below what one member may be sent in a minute: what is above, the platform drops without a word. Safe for
 * threads.
 */
final class Pace {
    static final int A_MINUTE = 28;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MANY = 10_000;

    private final InstantSource clock;
    /** Guarded by this. */
    private final Map<String, Deque<Instant>> sent = new HashMap<>();

    Pace(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes a place for a message; says how long to wait where there is none. */
    synchronized Duration take(String member) {
        var now = clock.instant();
        if (sent.size() > MANY) sent.values().removeIf(times -> isOver(times.getLast(), now));
        var times = sent.computeIfAbsent(member, _ -> new ArrayDeque<>());
        while (!times.isEmpty() && isOver(times.getFirst(), now)) times.removeFirst();
        if (times.size() >= A_MINUTE)
            return Duration.between(now, times.getFirst().plus(MINUTE));
        times.addLast(now);
        return Duration.ZERO;
    }

    private static boolean isOver(Instant time, Instant now) {
        return !time.plus(MINUTE).isAfter(now);
    }
}
