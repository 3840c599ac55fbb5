package io.kefuhub.core.models.money;

import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.money.price.Price;
import io.kefuhub.core.models.money.price.Quote;
import io.kefuhub.core.models.money.price.Terms;
import io.kefuhub.core.web.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a transaction writes into the books, decided entry by entry in the order they came: whoever is first in the line
 * gets what is left, and what does not fit takes nothing. One thread only.
 */
final class Sheet {
    /** A shorter answer is of no use: nobody is asked to shrink to less. */
    private static final long SHORTEST_ANSWER = 64;

    private final Instant now;
    private final BookRules rules;
    private final KeepingRules keeping;
    private final Function<UUID, Optional<Price>> prices;
    private final Map<UUID, Reservation> stored = new HashMap<>();
    private final Set<UUID> deleted = new HashSet<>();
    private final Map<UUID, Long> costs = new HashMap<>();
    private final Map<Owner, List<Account>> accounts = new LinkedHashMap<>();

    final Map<UUID, Reservation> taken = new LinkedHashMap<>();
    final Map<UUID, Reservation> sent = new LinkedHashMap<>();
    final Set<UUID> settled = new LinkedHashSet<>();
    final List<Attempt> attempts = new ArrayList<>();
    final List<Refusals.Refused> refused = new ArrayList<>();
    final List<Alert> alerts = new ArrayList<>();
    final List<AuditEntry> audit = new ArrayList<>();

    private record Owner(Scope scope, String subject) {}

    private record AttemptNote(
            String purpose,
            String alias,
            String deployment,
            String provider,
            String model,
            String outcome,
            String source,
            long cost,
            boolean overReserved) {}

    private record BudgetNote(String budget, int percent, long spent, long amount) {}

    private record CloseNote(String budget, UUID attempt, long reserved, long cost) {}

    Sheet(Instant now, BookRules rules, KeepingRules keeping, Function<UUID, Optional<Price>> prices) {
        this.now = now;
        this.rules = rules;
        this.keeping = keeping;
        this.prices = prices;
    }

    Instant now() {
        return now;
    }

    void stored(Reservation reservation) {
        stored.put(reservation.id(), reservation);
    }

    /** One that is deleted already, to be settled. */
    void ended(Reservation reservation) {
        stored(reservation);
        deleted.add(reservation.id());
    }

    void cost(UUID attempt, long amount) {
        costs.put(attempt, amount);
    }

    Optional<Reservation> open(UUID attempt) {
        return Optional.ofNullable(stored.get(attempt));
    }

    /** Whether an attempt was kept money for, or is over. */
    boolean knows(UUID attempt) {
        return stored.containsKey(attempt) || costs.containsKey(attempt);
    }

    /** Replaces what is known of an account. */
    void account(Account account) {
        var owner = new Owner(account.key().scope(), account.key().subject());
        var all = accounts.computeIfAbsent(owner, _ -> new ArrayList<>());
        all.removeIf(other -> other.key().equals(account.key()));
        all.add(account);
    }

    Collection<Account> changed() {
        return accounts.values().stream()
                .flatMap(List::stream)
                .filter(Account::changed)
                .toList();
    }

    /** The accounts of somebody in the periods that hold a moment. */
    List<Account> of(Payer payer, Instant moment) {
        var found = new ArrayList<Account>();
        for (var scope : Scope.values()) {
            if (!scope.concerns(payer)) continue;
            for (var account : accounts.getOrDefault(new Owner(scope, scope.subject(payer)), List.of())) {
                if (account.span().holds(moment)) found.add(account);
            }
        }
        return found;
    }

    Entry.Outcome write(Entry entry) {
        return switch (entry) {
            case Entry.Hold hold -> {
                var answer = hold(hold);
                yield new Entry.Outcome.Taken(answer, open(hold.id()));
            }
            case Entry.Sent(var id) -> new Entry.Outcome.Marked(send(id));
            case Entry.Over(var said, var onGrace, var _, var _) -> new Entry.Outcome.Settled(over(said, onGrace));
            case Entry.Left(var id) -> new Entry.Outcome.Settled(left(id));
        };
    }

    private Reserving hold(Entry.Hold hold) {
        var worst = hold.worst();
        var before = stored.get(worst.attempt());
        if (before != null) return new Reserving.Reserved(before.amount(), false);
        if (hold.abandoned().get()) return new Reserving.Away();
        var amount = Quote.roundedUp(hold.most()
                .fixed()
                .add(hold.most().perOutputToken().multiply(BigDecimal.valueOf(worst.outputTokens()))));
        var payers = of(worst.payer(), now);
        var tightest = payers.stream().reduce((one, other) -> other.room() < one.room() ? other : one);
        if (tightest.isPresent()
                && (tightest.get().takesNothing() || tightest.get().room() < amount)) {
            return refuse(worst, tightest.get(), hold.most());
        }
        payers.forEach(account -> account.take(amount));
        var reservation = new Reservation(
                worst,
                now,
                hold.sends() ? Optional.of(now) : Optional.empty(),
                hold.quote().map(quote -> quote.price().id()),
                hold.quote().map(Quote::rate).orElse(BigDecimal.ONE),
                amount);
        stored.put(worst.attempt(), reservation);
        taken.put(worst.attempt(), reservation);
        return new Reserving.Reserved(amount, payers.stream().anyMatch(account -> account.hasSpent(keeping.cheaper())));
    }

    private Reserving refuse(WorstCase worst, Account tightest, Terms.AtMost most) {
        var left = BigDecimal.valueOf(tightest.room()).subtract(most.fixed());
        var fitting = left.signum() <= 0 || most.perOutputToken().signum() == 0
                ? 0
                : left.divide(most.perOutputToken(), 0, RoundingMode.FLOOR).longValue();
        var answer = new Reserving.Short(tightest.key().name(), Math.min(fitting, worst.outputTokens()));
        refused.add(new Refusals.Refused(worst, now, answer));
        if (fitting < SHORTEST_ANSWER && !tightest.takesNothing()) alert(tightest, 100);
        return answer;
    }

    private boolean send(UUID id) {
        var open = stored.get(id);
        if (open == null) return false;
        var dispatched = open.dispatched(now);
        stored.put(id, dispatched);
        if (taken.containsKey(id)) taken.put(id, dispatched);
        else sent.put(id, dispatched);
        return true;
    }

    private long over(Settlement said, Optional<Reservation> onGrace) {
        var open = Optional.ofNullable(stored.get(said.attempt()));
        if (open.isPresent()) return book(sentIfSo(open.get(), said), said, false);
        var before = Optional.ofNullable(costs.get(said.attempt()));
        return before.orElseGet(() ->
                onGrace.map(kept -> book(sentIfSo(kept, said), said, true)).orElse(0L));
    }

    /**
     * One that was sent without the mark, as on grace, counts as sent when it was taken; one that was not sent in spite of its
     * mark does not count as sent.
     */
    private static Reservation sentIfSo(Reservation kept, Settlement said) {
        return said.dispatched() ? kept.dispatched(kept.at()) : kept.unsent();
    }

    private long left(UUID id) {
        var open = stored.get(id);
        if (open == null) return costs.getOrDefault(id, 0L);
        var dispatched = open.dispatchedAt().isPresent();
        return book(
                open,
                new Settlement(
                        id,
                        dispatched ? "lost" : "released",
                        "",
                        dispatched,
                        Usage.UNKNOWN,
                        dispatched,
                        Duration.ZERO,
                        Duration.ZERO),
                false);
    }

    private long book(Reservation kept, Settlement said, boolean onGrace) {
        var bill = Attempt.Bill.of(kept, kept.priceId().flatMap(prices), said, onGrace);
        var attempt = new Attempt(
                kept,
                now,
                said.outcome(),
                said.detail(),
                said.usage(),
                bill,
                Optional.of(said.firstContent()).filter(Duration::isPositive),
                Optional.of(said.whole()).filter(Duration::isPositive));
        attempts.add(attempt);
        stored.remove(kept.id());
        costs.put(kept.id(), bill.cost());
        sent.remove(kept.id());
        if (taken.remove(kept.id()) == null && !onGrace && !deleted.contains(kept.id())) settled.add(kept.id());
        for (var account : of(kept.worst().payer(), kept.at())) {
            if (!onGrace) account.release(kept.amount());
            account.spend(bill.cost());
            var closes = bill.overReserved() && bill.source() == Attempt.Source.REPORTED && rules.closesOnExcess();
            if (closes && account.close()) noteClosed(account, attempt);
            for (var step : keeping.steps()) {
                if (account.hasSpent(step) && bill.cost() > 0) alert(account, step);
            }
        }
        note(attempt);
        return bill.cost();
    }

    private void alert(Account account, int percent) {
        if (account.budget().isEmpty() || !account.alert(percent)) return;
        var key = account.key();
        var amount = account.budget().get().amount();
        alerts.add(new Alert(
                key.id(),
                percent,
                now,
                key.scope(),
                key.subject(),
                key.period(),
                account.span().start(),
                account.spent(),
                amount));
        note(
                "budget.alert",
                "budget:" + key.name(),
                Optional.empty(),
                new BudgetNote(key.name(), percent, account.spent(), amount));
    }

    private void noteClosed(Account account, Attempt attempt) {
        var name = account.key().name();
        var detail = new CloseNote(
                name,
                attempt.id(),
                attempt.reservation().amount(),
                attempt.bill().cost());
        note("budget.closed", "budget:" + name, Optional.empty(), detail);
    }

    private void note(Attempt attempt) {
        var worst = attempt.reservation().worst();
        var detail = new AttemptNote(
                worst.purpose().name(),
                worst.alias(),
                worst.deployment(),
                worst.provider(),
                worst.model(),
                attempt.outcome(),
                attempt.bill().source().name(),
                attempt.bill().cost(),
                attempt.bill().overReserved());
        note("model.asked", "attempt:" + attempt.id(), worst.payer().conversation(), detail);
    }

    private void note(String action, String subject, Optional<UUID> conversation, Object detail) {
        audit.add(new AuditEntry(now, "hub", action, subject, conversation, Json.text(detail)));
    }
}
