package io.kefuhub.simulators;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Numbers everything that happens, so that whoever looks can ask for what is new and wait for it. Safe for threads. */
public final class Changes {
    private long last;

    /** The number of something that is recorded under the same lock. */
    public synchronized long record(LongConsumer keep) {
        keep.accept(++last);
        notifyAll();
        return last;
    }

    public synchronized long last() {
        return last;
    }

    /** Returns once something after that number happened, or after that long. */
    public synchronized void await(long after, Duration atMost) throws InterruptedException {
        var until = System.nanoTime() + atMost.toNanos();
        while (last <= after) {
            var left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) return;
            wait(left);
        }
    }
}
