package io.kefuhub.core.models.routing;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Which desks are asked to save: remembered for a little while, so that not every question finds out again. Safe for threads. */
final class Thrift {
    private static final long REMEMBERED = Duration.ofSeconds(30).toNanos();

    private final ConcurrentHashMap<String, Long> desks = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    Thrift(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void on(String desk) {
        desks.put(desk, nanoTime.getAsLong() + REMEMBERED);
    }

    boolean isOn(String desk) {
        var until = desks.get(desk);
        if (until == null) return false;
        if (until - nanoTime.getAsLong() > 0) return true;
        desks.remove(desk, until);
        return false;
    }
}
