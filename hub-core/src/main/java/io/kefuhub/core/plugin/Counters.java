package io.kefuhub.core.plugin;

import java.util.concurrent.atomic.LongAdder;

/** How some foreign code fared since it was loaded. Safe for threads. */
public final class Counters {
    private final LongAdder calls = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void answered(long took) {
        calls.increment();
        nanos.add(took);
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

    public Count now() {
        return new Count(calls.sum(), errors.sum(), late.sum(), nanos.sum());
    }

    /**
     * @param calls all of them
     * @param nanos spent in all of them
     */
    public record Count(long calls, long errors, long late, long nanos) {}
}
