package io.kefuhub.core.plugin;

import java.time.Duration;
import java.util.BitSet;
import java.util.function.LongSupplier;

/**
 * Gives foreign code a rest after repeated failures: 20 in a row or more than half of the last 50 close the way for 30
 * s; then one call may try. Safe for threads; costs one volatile read while nothing fails.
 */
final class Breaker {
    static final int IN_A_ROW = 20;
    static final int WINDOW = 50;
    static final Duration REST = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final BitSet failed = new BitSet(WINDOW);
    private int next;
    private int inARow;
    private long restsUntil;
    private boolean trying;
    private volatile int rests;
    private volatile boolean calm = true;
    private volatile boolean open;

    Breaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How often in a row it rested without one good answer in between. */
    int rests() {
        return rests;
    }

    boolean isOpen() {
        return open;
    }

    /** Says whether a call may be made; after the rest, to one caller only. */
    boolean lets() {
        return !open || mayTry();
    }

    private synchronized boolean mayTry() {
        if (!open) return true;
        if (trying || nanoTime.getAsLong() - restsUntil < 0) return false;
        trying = true;
        return true;
    }

    void succeeded() {
        if (!calm) note(false);
    }

    /** Notes a failure; says whether a rest begins with it. */
    boolean failed() {
        return note(true);
    }

    private synchronized boolean note(boolean failure) {
        if (open) return failure ? restAgain() : recover();
        failed.set(next, failure);
        next = (next + 1) % WINDOW;
        inARow = failure ? inARow + 1 : 0;
        calm = failed.isEmpty();
        if (inARow < IN_A_ROW && failed.cardinality() <= WINDOW / 2) return false;
        rest();
        return true;
    }

    /** Counts only for the call that tries; those that began before the rest tell nothing new. */
    private boolean restAgain() {
        if (!trying) return false;
        rest();
        return true;
    }

    private boolean recover() {
        if (trying) reset();
        return false;
    }

    private void rest() {
        rests++;
        open = true;
        calm = false;
        trying = false;
        restsUntil = nanoTime.getAsLong() + REST.toNanos();
    }

    private void reset() {
        rests = 0;
        failed.clear();
        inARow = 0;
        trying = false;
        open = false;
        calm = true;
    }
}
