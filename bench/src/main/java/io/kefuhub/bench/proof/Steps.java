package io.kefuhub.bench.proof;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what happens anywhere, so that it can be waited for. Safe for threads. */
final class Steps {
    private final AtomicLong count = new AtomicLong();

    void step() {
        count.incrementAndGet();
    }

    long count() {
        return count.get();
    }
}
