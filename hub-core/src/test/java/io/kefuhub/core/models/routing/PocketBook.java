package io.kefuhub.core.models.routing;

import io.kefuhub.core.models.money.Ledger;
import io.kefuhub.core.models.money.Reserving;
import io.kefuhub.core.models.money.Settlement;
import io.kefuhub.core.models.money.WorstCase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Books in memory: a token costs 1. */
final class PocketBook implements Ledger {
    final Map<UUID, WorstCase> open = new ConcurrentHashMap<>();
    final List<WorstCase> reserved = new CopyOnWriteArrayList<>();
    final List<Settlement> settled = new CopyOnWriteArrayList<>();
    final List<UUID> dispatched = new CopyOnWriteArrayList<>();
    /** Whether what is kept is given back before it is sent. */
    volatile boolean sweeps;

    volatile Function<WorstCase, Reserving> rule =
            worst -> new Reserving.Reserved(worst.inputTokens() + worst.outputTokens(), false);

    @Override
    public Reserving reserve(WorstCase worst) {
        var reserving = rule.apply(worst);
        if (reserving instanceof Reserving.Reserved) {
            open.put(worst.attempt(), worst);
            reserved.add(worst);
        }
        return reserving;
    }

    @Override
    public boolean dispatched(UUID attempt) {
        if (sweeps) open.remove(attempt);
        if (!open.containsKey(attempt)) return false;
        dispatched.add(attempt);
        return true;
    }

    @Override
    public CompletableFuture<Long> settle(Settlement settlement) {
        if (open.remove(settlement.attempt()) == null) return CompletableFuture.completedFuture(0L);
        settled.add(settlement);
        var usage = settlement.usage();
        return CompletableFuture.completedFuture(settlement.billed() ? usage.input() + usage.output() : 0L);
    }

    List<String> outcomes() {
        return settled.stream().map(Settlement::outcome).toList();
    }
}
