package io.kefuhub.core.plugin.wasm;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Sets a filter aside that fails again and again: after five failures in a row it is not asked for a minute; then one
 * call may try. Safe for threads; costs one volatile read while nothing fails.
 */
final class Strikes {
    static final int MOST = 5;
    static final Duration REST = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private int inARow;
    private long restsUntil;
    private volatile boolean calm = true;
    private volatile Optional<String> setAside = Optional.empty();

    Strikes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Why it is not asked now; one caller at a time gets through after each rest. */
    Optional<String> setAside() {
        return setAside.isEmpty() || mayTry() ? Optional.empty() : setAside;
    }

    /** Why it is set aside, for those who only look. */
    Optional<String> reason() {
        return setAside;
    }

    private synchronized boolean mayTry() {
        if (setAside.isEmpty()) return true;
        if (nanoTime.getAsLong() - restsUntil < 0) return false;
        restsUntil = nanoTime.getAsLong() + REST.toNanos();
        return true;
    }

    void answered() {
        if (!calm) recover();
    }

    private synchronized void recover() {
        inARow = 0;
        calm = true;
        setAside = Optional.empty();
    }

    /** Notes a failure; says whether this one set it aside. */
    synchronized boolean failed(String reason) {
        calm = false;
        if (++inARow < MOST) return false;
        restsUntil = nanoTime.getAsLong() + REST.toNanos();
        var isNew = setAside.isEmpty();
        setAside = Optional.of(reason);
        return isNew;
    }
}
