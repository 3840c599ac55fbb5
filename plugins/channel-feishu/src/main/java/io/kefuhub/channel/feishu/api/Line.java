package io.kefuhub.channel.feishu.api;

import java.util.HashMap;
import java.util.Map;

/**
 * Replies that were sent away because more are said than the app may send, each told to come back at a moment of its own, so
 * that they come evenly. One thread at a time.
 */
final class Line {
    private static final long NONE = Long.MIN_VALUE;
    private static final int MANY = 5_000;

    private final long step;
    private final long patience;
    private final Map<String, Long> moments = new HashMap<>();
    /** Where the line is looked through for those who never came; twice as many as were left the last time. */
    private int many = MANY;

    private long end = NONE;
    private long endOfEarlier = NONE;

    /**
     * @param step from one moment to the next, in nanoseconds
     * @param patience how long somebody who does not come back is kept in mind
     */
    Line(long step, long patience) {
        this.step = step;
        this.patience = patience;
    }

    /** Whether it has been sent away before, and so need not let others pass. */
    boolean knows(String reply) {
        return moments.containsKey(reply);
    }

    /** Whether somebody will come back only after that moment. */
    boolean isBeyond(long moment) {
        return end > moment;
    }

    /** When it comes back: after all who are in the line, and not before {@code earliest}. */
    long join(String reply, long earliest, long now) {
        end = Math.max(earliest, end + step);
        return keep(reply, end, now);
    }

    /** When one comes back that has had its turn, for nothing. */
    long rejoin(String reply, long earliest, long now) {
        endOfEarlier = Math.max(earliest, endOfEarlier + step);
        return keep(reply, endOfEarlier, now);
    }

    private long keep(String reply, long moment, long now) {
        moments.put(reply, moment);
        if (moments.size() > many) {
            moments.values().removeIf(kept -> kept + patience < now);
            many = Math.max(MANY, 2 * moments.size());
        }
        return moment;
    }
}
