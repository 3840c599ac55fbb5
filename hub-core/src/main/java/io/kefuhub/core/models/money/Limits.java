package io.kefuhub.core.models.money;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.web.Json;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Budgets as people and files set them, and how they stand. Safe for threads. */
public final class Limits {
    private static final int ACCOUNTS = 1_000;

    private final Database database;
    private final AuditLog audit;
    private final Ids ids;
    private final InstantSource clock;
    private final Runnable changed;
    private final Budgets budgets = new Budgets();
    private final Accounts accounts = new Accounts();

    /**
     * What a budget is about.
     *
     * @param subject empty for the hub
     */
    public record Name(Scope scope, String subject, Period period) {
        /** Such as {@code desk:support:day}. */
        public String text() {
            return Budget.name(scope, subject, period);
        }
    }

    /**
     * A budget as a file declares it.
     *
     * @param amount in 10⁻⁹ of the currency of the books
     */
    public record Declared(Name name, long amount, boolean enabled) {}

    private record Note(String budget, String amount, boolean enabled) {}

    /** @param changed told when budgets have changed; must not wait */
    Limits(Database database, AuditLog audit, Ids ids, InstantSource clock, Runnable changed) {
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.changed = changed;
    }

    List<Budget> all() {
        return database.read(budgets::all);
    }

    /** How the budgets stand in the periods of now, as far as anybody asked for them. */
    List<Account> standing() {
        return database.read(db -> accounts.current(db, clock.instant(), ACCOUNTS));
    }

    /** The accounts that each budget bounds now; one of each is bounded by the budget of its own before that of all. */
    Map<UUID, List<Account>> accounts(List<Budget> all) {
        var own = all.stream()
                .filter(Budget::enabled)
                .collect(Collectors.toMap(
                        budget -> new Name(budget.scope(), budget.subject(), budget.period()), Function.identity()));
        var mine = new HashMap<UUID, List<Account>>();
        for (var account : standing()) {
            var key = account.key();
            Optional.ofNullable(own.get(new Name(key.scope(), key.subject(), key.period())))
                    .or(() -> Optional.ofNullable(own.get(new Name(key.scope(), Scope.EACH, key.period()))))
                    .ifPresent(budget -> {
                        account.boundBy(budget);
                        mine.computeIfAbsent(budget.id(), _ -> new ArrayList<>())
                                .add(account);
                    });
        }
        return mine;
    }

    /** How many budgets are used to so many percent or more now, or take nothing more. */
    int pressing(int pressing) {
        return (int) accounts(all()).values().stream()
                .filter(mine -> mine.stream().anyMatch(account -> account.closed() || account.hasSpent(pressing)))
                .count();
    }

    /** Makes a budget that is not there yet. */
    Budget add(Name name, long amount, boolean enabled, String actor) {
        return written(tx -> {
            if (find(tx, name).isPresent()) throw Problem.of(ProblemType.CONFLICT);
            var budget = new Budget(
                    ids.next(), name.scope(), name.subject(), name.period(), amount, enabled, Optional.empty());
            keep(tx, budget, "budget.added", actor);
            return budget;
        });
    }

    Budget change(UUID id, long amount, boolean enabled, String actor) {
        return written(tx -> {
            var before = changeable(tx, id);
            var budget = new Budget(
                    id, before.scope(), before.subject(), before.period(), amount, enabled, Optional.empty());
            if (!budget.equals(before)) keep(tx, budget, "budget.changed", actor);
            return budget;
        });
    }

    void delete(UUID id, String actor) {
        written(tx -> {
            var budget = changeable(tx, id);
            budgets.delete(tx, id);
            note(tx, budget, "budget.deleted", actor);
            return budget;
        });
    }

    /** Lets a budget take again that was closed because a call had cost more than it could. */
    int reopen(UUID id, String actor) {
        return database.inTransaction(tx -> {
            var budget = budget(tx, id);
            var opened = accounts.reopen(tx, budget, clock.instant());
            if (opened > 0) note(tx, budget, "budget.reopened", actor);
            return opened;
        });
    }

    /** The files that declare budgets now. */
    public List<String> files() {
        return all().stream()
                .flatMap(budget -> budget.managedBy().stream())
                .distinct()
                .toList();
    }

    /** Makes budgets be as a file says; those it no longer names are switched off. */
    public void declare(String file, List<Declared> wanted) {
        written(tx -> {
            var before = budgets.all(tx);
            for (var one : wanted) {
                var name = one.name();
                var old =
                        before.stream().filter(budget -> isNamed(budget, name)).findFirst();
                var budget = new Budget(
                        old.map(Budget::id).orElseGet(ids::next),
                        name.scope(),
                        name.subject(),
                        name.period(),
                        one.amount(),
                        one.enabled(),
                        Optional.of(file));
                if (!old.equals(Optional.of(budget))) keep(tx, budget, "budget.declared", "file:" + file);
            }
            for (var budget : before) {
                var isGone = budget.managedBy().equals(Optional.of(file))
                        && budget.enabled()
                        && wanted.stream().noneMatch(one -> isNamed(budget, one.name()));
                if (isGone) {
                    keep(
                            tx,
                            new Budget(
                                    budget.id(),
                                    budget.scope(),
                                    budget.subject(),
                                    budget.period(),
                                    budget.amount(),
                                    false,
                                    budget.managedBy()),
                            "budget.declared",
                            "file:" + file);
                }
            }
            return wanted;
        });
    }

    /** What a period will have cost when it goes on like this; empty when it has hardly begun. */
    static Optional<Long> forecast(Account account, Instant now) {
        var span = account.span();
        var whole = span.end().getEpochSecond() - span.start().getEpochSecond();
        var passed = now.getEpochSecond() - span.start().getEpochSecond();
        if (passed * 50 < whole) return Optional.empty();
        return Optional.of((long) ((double) account.spent() / passed * whole));
    }

    private <R> R written(Function<Handle, R> work) {
        var result = database.inTransaction(work);
        changed.run();
        return result;
    }

    private Optional<Budget> find(Handle tx, Name name) {
        return budgets.all(tx).stream().filter(budget -> isNamed(budget, name)).findFirst();
    }

    private Budget budget(Handle tx, UUID id) {
        return budgets.all(tx).stream()
                .filter(budget -> budget.id().equals(id))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    private Budget changeable(Handle tx, UUID id) {
        var budget = budget(tx, id);
        budget.managedBy().ifPresent(file -> {
            throw Problem.of(ProblemType.MANAGED_BY_FILE, file, file);
        });
        return budget;
    }

    private void keep(Handle tx, Budget budget, String action, String actor) {
        budgets.keep(tx, budget);
        note(tx, budget, action, actor);
    }

    private void note(Handle tx, Budget budget, String action, String actor) {
        var name = Budget.name(budget.scope(), budget.subject(), budget.period());
        var detail = Json.text(new Note(name, Money.text(budget.amount()), budget.enabled()));
        audit.append(tx, new AuditEntry(clock.instant(), actor, action, "budget:" + name, Optional.empty(), detail));
    }

    private static boolean isNamed(Budget budget, Name name) {
        return budget.scope() == name.scope()
                && budget.subject().equals(name.subject())
                && budget.period() == name.period();
    }
}
