package io.kefuhub.core.models.money;

import io.kefuhub.core.models.money.price.Quote;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What may be spent while the books cannot be written: so many percent of each daily budget of the hub and of the desk, by
 * worst cases that are not given back. Lives in memory, so what is taken is booked late, and lost with the process. Safe
 * for threads.
 */
final class Grace {
    private static final Duration KEPT = Duration.ofDays(2);

    private final Map<UUID, Reservation> open = new ConcurrentHashMap<>();
    private final Map<Purse, Long> used = new HashMap<>();
    private volatile List<Budget> daily = List.of();

    private record Purse(UUID budget, Instant start) {}

    /** Remembers the budgets, for when nobody can be asked. */
    void remember(List<Budget> budgets) {
        daily = budgets.stream()
                .filter(budget -> budget.enabled() && budget.period() == Period.DAY)
                .toList();
    }

    /** Takes a worst case, if it fits. Without a daily budget there is nothing to take from. */
    synchronized boolean take(Entry.Hold hold, Instant now, BookRules rules) {
        var worst = hold.worst();
        var most = hold.most();
        var amount = Quote.roundedUp(
                most.fixed().add(most.perOutputToken().multiply(BigDecimal.valueOf(worst.outputTokens()))));
        var purses = purses(worst, now, rules);
        if (purses.isEmpty()) return false;
        for (var entry : purses.entrySet()) {
            var allowed = entry.getValue() / 100 * rules.gracePercent();
            if (used.getOrDefault(entry.getKey(), 0L) + amount > allowed) return false;
        }
        used.keySet().removeIf(purse -> purse.start().isBefore(now.minus(KEPT)));
        purses.keySet().forEach(purse -> used.merge(purse, amount, Long::sum));
        open.put(
                worst.attempt(),
                new Reservation(
                        worst,
                        now,
                        Optional.empty(),
                        hold.quote().map(quote -> quote.price().id()),
                        hold.quote().map(Quote::rate).orElse(BigDecimal.ONE),
                        amount));
        return true;
    }

    Optional<Reservation> of(UUID attempt) {
        return Optional.ofNullable(open.get(attempt));
    }

    /** Those that nobody settled in time. */
    List<Reservation> expired(Instant now) {
        return open.values().stream()
                .filter(kept -> kept.worst().expires().isBefore(now))
                .toList();
    }

    void booked(UUID attempt) {
        open.remove(attempt);
    }

    private Map<Purse, Long> purses(WorstCase worst, Instant now, BookRules rules) {
        var purses = new HashMap<Purse, Long>();
        for (var scope : List.of(Scope.HUB, Scope.DESK)) {
            var payer = worst.payer();
            if (!scope.concerns(payer)) continue;
            var start = Period.DAY.around(now, rules.zone(scope, payer.desk())).start();
            budget(scope, scope.subject(payer))
                    .ifPresent(some -> purses.put(new Purse(some.id(), start), some.amount()));
        }
        return purses;
    }

    /** One of everybody's purses is one purse here: less grace, never more. */
    private Optional<Budget> budget(Scope scope, String subject) {
        var those = new ArrayList<Budget>();
        for (var budget : daily) {
            if (budget.scope() != scope) continue;
            if (budget.subject().equals(subject)) return Optional.of(budget);
            if (budget.subject().equals(Scope.EACH)) those.add(budget);
        }
        return those.stream().findFirst();
    }
}
