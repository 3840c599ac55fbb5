package io.kefuhub.core.models.routing;

import io.kefuhub.core.models.catalogue.Rules;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How often two are asked at once, so that it stays a small part of everything. Safe for threads. */
final class Hedges {
    private static final Duration OVER = Duration.ofMinutes(10);
    private static final int PERCENT = 100;

    private final RecentCount calls;
    private final RecentCount hedges;
    private final RecentCount spent;
    private final RecentCount lost;

    Hedges(LongSupplier nanoTime) {
        calls = new RecentCount(OVER, nanoTime);
        hedges = new RecentCount(OVER, nanoTime);
        spent = new RecentCount(OVER, nanoTime);
        lost = new RecentCount(OVER, nanoTime);
    }

    void called() {
        calls.add(1);
    }

    void spent(long amount) {
        spent.add(amount);
    }

    /** @param amount what the one cost that was not needed */
    void lost(long amount) {
        lost.add(amount);
    }

    synchronized boolean permits(Rules.Hedge rules) {
        if (!rules.on()) return false;
        if ((hedges.sum() + 1) * PERCENT > Math.max(PERCENT, calls.sum() * rules.callsPercent())) return false;
        if (lost.sum() * PERCENT > spent.sum() * rules.spendPercent()) return false;
        hedges.add(1);
        return true;
    }

    long hedges() {
        return hedges.sum();
    }
}
