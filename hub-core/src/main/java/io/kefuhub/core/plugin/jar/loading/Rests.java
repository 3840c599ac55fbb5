package io.kefuhub.core.plugin.jar.loading;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads classes in one go or with rests. Hundreds of classes that are read, checked and run for the first time take a
 * processor for a good while: a version that is only made ready must not keep customers waiting who are served by the one
 * before. Safe for threads; who makes a version ready is one.
 */
final class Rests {
    private static final long PIECE_NANOS = 1_000_000;
    private static final long LONGEST_NANOS = 10_000_000;

    private final AtomicBoolean loading = new AtomicBoolean();
    private volatile boolean on;
    private volatile long began;

    /** Something that finds a class. */
    interface Finding {
        Class<?> find() throws ClassNotFoundException;
    }

    /** Rests between classes from now on, as long as it worked before; or no more, since somebody may wait for them. */
    void on(boolean now) {
        began = System.nanoTime();
        on = now;
    }

    Class<?> between(Finding finding) throws ClassNotFoundException {
        // What a class needs to be loaded itself is a part of the piece.
        if (!on || !loading.compareAndSet(false, true)) return finding.find();
        try {
            return finding.find();
        } finally {
            loading.set(false);
            rest();
        }
    }

    private void rest() {
        var worked = System.nanoTime() - began;
        if (worked < PIECE_NANOS || !on) return;
        LockSupport.parkNanos(this, Math.min(worked, LONGEST_NANOS));
        began = System.nanoTime();
    }
}
