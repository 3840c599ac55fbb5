package io.kefuhub.core.models.money;

import java.util.Optional;
import java.util.UUID;

/** One budget in one period, locked while a transaction writes into it. One thread only. */
final class Account {
    private final Key key;
    private final Period.Span span;
    private final Balance was;
    private Optional<Budget> budget = Optional.empty();
    private long reserved;
    private long spent;
    private boolean closed;
    private int alerted;

    /** What an account is of. */
    record Key(UUID id, Scope scope, String subject, Period period) {
        String name() {
            return Budget.name(scope, subject, period);
        }
    }

    /** How an account stands in the database. */
    record Balance(long reserved, long spent, boolean closed, int alerted) {}

    Account(Key key, Period.Span span, Balance balance) {
        this.key = key;
        this.span = span;
        this.reserved = balance.reserved();
        this.spent = balance.spent();
        this.closed = balance.closed();
        this.alerted = balance.alerted();
        this.was = balance;
    }

    Key key() {
        return key;
    }

    Period.Span span() {
        return span;
    }

    /** Bounds it; without a budget it only counts. */
    void boundBy(Budget some) {
        budget = Optional.of(some);
    }

    Optional<Budget> budget() {
        return budget;
    }

    /** What may still be taken. */
    long room() {
        if (budget.isEmpty()) return Long.MAX_VALUE;
        return closed ? 0 : Math.max(0, budget.get().amount() - spent - reserved);
    }

    boolean takesNothing() {
        return budget.isPresent() && closed;
    }

    void take(long amount) {
        reserved += amount;
    }

    void release(long amount) {
        reserved -= amount;
    }

    void spend(long cost) {
        spent += cost;
    }

    /** Takes nothing more in this period; says whether it did until now. */
    boolean close() {
        if (budget.isEmpty() || closed) return false;
        closed = true;
        return true;
    }

    /** Whether so many percent of the budget are spent. */
    boolean hasSpent(int percent) {
        return budget.map(some -> spent >= some.amount() / 100 * percent + some.amount() % 100 * percent / 100)
                .orElse(false);
    }

    /** Notes that so many percent are reached; says whether that is new. */
    boolean alert(int percent) {
        if (alerted >= percent) return false;
        alerted = percent;
        return true;
    }

    long reserved() {
        return reserved;
    }

    long spent() {
        return spent;
    }

    /** How it stood when it was locked. */
    Balance was() {
        return was;
    }

    boolean closed() {
        return closed;
    }

    int alerted() {
        return alerted;
    }

    boolean changed() {
        return !was.equals(new Balance(reserved, spent, closed, alerted));
    }
}
