package io.kefuhub.core.plugin;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** How some foreign code fared since it was loaded. Safe for threads. */
public final class Counters {
    private final LongAdder calls = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final Latencies latencies = new Latencies();

    void answered(long took) {
        calls.increment();
        nanos.add(took);
        latencies.add(took);
    }

    void failed(long took) {
        answered(took);
        errors.increment();
    }

    void late(long took) {
        answered(took);
        late.increment();
    }

    /** Notes lateness of a call that is still under way and will be counted when it ends. */
    void overdue() {
        late.increment();
    }

    /** Returns what that share of the calls took at most; nothing when there were none. */
    Duration percentile(double share) {
        return latencies.percentile(share);
    }

    public Count now() {
        return new Count(calls.sum(), errors.sum(), late.sum(), nanos.sum());
    }

    /**
     * @param calls all of them
     * @param nanos spent in all of them
     */
    public record Count(long calls, long errors, long late, long nanos) {}
}
