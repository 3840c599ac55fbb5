package io.kefuhub.core.models.money;

import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.GroupWriter;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.database.Script;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.money.price.Prices;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Writes the books: reservations, marks and settlements of many callers in one transaction.
 *
 * <p>All of them go through one pen, so that the locks of a transaction are taken once and in one order: first the
 * reservations, then the accounts, each by id. What then stands on the {@link Sheet} goes out in one statement a table.
 * The writer's thread only.
 */
final class Pen implements GroupWriter.Batch<Entry, Entry.Outcome> {
    private final Books books;
    private final Prices prices;
    private final Reservations reservations;
    private final Ids ids;
    private final InstantSource clock;
    private final Runnable alerted;
    private final Supplier<KeepingRules> keeping;
    private final Budgets budgets = new Budgets();
    private final Accounts accounts = new Accounts();
    private final Attempts attempts = new Attempts();
    private final Refusals refusals = new Refusals();
    private final Alerts alerts = new Alerts();
    private final AuditLog audit = new AuditLog();
    private boolean hasAlerts;

    private record BudgetKey(Scope scope, String subject, Period period) {}

    /** Whose accounts an entry is about, and at which moment. */
    private record Stake(Payer payer, Instant moment, boolean opens) {}

    /** @param alerted told after a commit that holds alerts; must not wait */
    Pen(
            Books books,
            Prices prices,
            Reservations reservations,
            Ids ids,
            InstantSource clock,
            Runnable alerted,
            Supplier<KeepingRules> keeping) {
        this.books = books;
        this.prices = prices;
        this.reservations = reservations;
        this.ids = ids;
        this.clock = clock;
        this.alerted = alerted;
        this.keeping = keeping;
    }

    @Override
    public List<Entry.Outcome> write(Handle tx, List<Entry> entries, Script last) {
        // As exact as the database keeps it, so that what is decided now reads like what is read later.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var sheet = new Sheet(now, books.rules(), keeping.get(), id -> prices.byId(tx, id));
        if (areKnown(entries)) begin(tx, sheet, entries);
        else lookUp(tx, sheet, entries);
        var outcomes = new ArrayList<Entry.Outcome>(entries.size());
        for (var entry : entries) outcomes.add(sheet.write(entry));
        store(last, sheet);
        hasAlerts = !sheet.alerts.isEmpty();
        return outcomes;
    }

    @Override
    public void committed() {
        if (hasAlerts) alerted.run();
    }

    /**
     * Whether nothing has to be looked up: all of them are written for the first time, and of those that end this hub knows
     * what was kept.
     */
    private static boolean areKnown(List<Entry> entries) {
        var known = true;
        for (var entry : entries) {
            known &= switch (entry) {
                case Entry.Hold hold -> hold.tries().isFirst();
                case Entry.Over over -> over.tries().isFirst() && over.kept().isPresent();
                case Entry.Left _, Entry.Sent _ -> false;
            };
        }
        return known;
    }

    /** Ends what ends, which somebody else may have done before, and locks the accounts. */
    private void begin(Handle tx, Sheet sheet, List<Entry> entries) {
        var ending = new LinkedHashMap<UUID, Reservation>();
        var stakes = new ArrayList<Stake>();
        for (var entry : entries) {
            switch (entry) {
                case Entry.Hold hold -> stakes.add(new Stake(hold.worst().payer(), sheet.now(), true));
                case Entry.Over over ->
                    over.kept().ifPresent(kept -> {
                        ending.put(kept.id(), kept);
                        stakes.add(new Stake(kept.worst().payer(), kept.at(), false));
                    });
                case Entry.Left _, Entry.Sent _ -> throw new IllegalStateException("it must be looked up");
            }
        }
        var script = new Script();
        reservations.take(
                script,
                ending.keySet(),
                id -> Optional.ofNullable(ending.get(id)).ifPresent(sheet::ended));
        prepare(tx, sheet, script, stakes);
        var gone =
                ending.keySet().stream().filter(id -> sheet.open(id).isEmpty()).toList();
        if (gone.isEmpty()) return;
        var known = new Script();
        attempts.costs(known, gone, sheet::cost);
        known.run(tx);
    }

    private void lookUp(Handle tx, Sheet sheet, List<Entry> entries) {
        var known = new Script();
        var about = entries.stream().map(Entry::id).distinct().toList();
        reservations.lock(known, about, sheet::stored);
        attempts.costs(known, about, sheet::cost);
        known.run(tx);
        prepare(tx, sheet, new Script(), stakes(sheet, entries));
    }

    private List<Stake> stakes(Sheet sheet, List<Entry> entries) {
        var stakes = new ArrayList<Stake>();
        for (var entry : entries) {
            switch (entry) {
                case Entry.Hold hold -> {
                    if (!sheet.knows(entry.id()))
                        stakes.add(new Stake(hold.worst().payer(), sheet.now(), true));
                }
                case Entry.Over(var _, var onGrace, var _, var _)
                when onGrace.isPresent() && !sheet.knows(entry.id()) ->
                    onGrace.map(kept -> new Stake(kept.worst().payer(), kept.at(), true))
                            .ifPresent(stakes::add);
                case Entry.Over _, Entry.Left _, Entry.Sent _ ->
                    sheet.open(entry.id())
                            .map(kept -> new Stake(kept.worst().payer(), kept.at(), false))
                            .ifPresent(stakes::add);
            }
        }
        return stakes;
    }

    /**
     * Locks the accounts that are concerned; makes those that a budget needs and that are not there.
     *
     * @param script what goes before
     */
    private void prepare(Handle tx, Sheet sheet, Script script, List<Stake> stakes) {
        if (stakes.isEmpty()) return;
        var wanted = wanted(stakes);
        var inForce = new HashMap<BudgetKey, Budget>();
        var found = new HashMap<UUID, Account>();
        var subjects = new HashSet<String>();
        subjects.add(Scope.EACH);
        wanted.forEach(want -> subjects.add(want.subject()));
        budgets.inForce(
                script,
                subjects,
                budget -> inForce.put(new BudgetKey(budget.scope(), budget.subject(), budget.period()), budget));
        accounts.lock(script, wanted, account -> found.put(account.key().id(), account));
        script.run(tx);
        var missing = missing(stakes, inForce, found);
        if (!missing.isEmpty()) {
            var opening = new Script();
            accounts.open(opening, missing);
            accounts.lock(opening, wanted, account -> found.put(account.key().id(), account));
            opening.run(tx);
        }
        for (var account : found.values()) {
            var key = account.key();
            budget(inForce, key.scope(), key.subject(), key.period()).ifPresent(account::boundBy);
            sheet.account(account);
        }
    }

    private static List<Accounts.Wanted> wanted(List<Stake> stakes) {
        var wanted = new LinkedHashMap<BudgetOwner, Accounts.Wanted>();
        for (var stake : stakes) {
            for (var scope : Scope.values()) {
                if (!scope.concerns(stake.payer())) continue;
                var subject = scope.subject(stake.payer());
                wanted.merge(
                        new BudgetOwner(scope, subject),
                        new Accounts.Wanted(scope, subject, stake.moment(), stake.moment()),
                        Accounts.Wanted::and);
            }
        }
        return List.copyOf(wanted.values());
    }

    private record BudgetOwner(Scope scope, String subject) {}

    private List<Accounts.Opening> missing(
            List<Stake> stakes, Map<BudgetKey, Budget> inForce, Map<UUID, Account> found) {
        var there = new HashSet<OpeningKey>();
        found.values()
                .forEach(account -> there.add(new OpeningKey(
                        account.key().scope(),
                        account.key().subject(),
                        account.key().period(),
                        account.span().start())));
        var missing = new ArrayList<Accounts.Opening>();
        for (var stake : stakes) {
            if (!stake.opens()) continue;
            for (var scope : Scope.values()) {
                if (scope.concerns(stake.payer())) missing(stake, scope, inForce, there, missing);
            }
        }
        return missing;
    }

    private record OpeningKey(Scope scope, String subject, Period period, Instant start) {}

    private void missing(
            Stake stake,
            Scope scope,
            Map<BudgetKey, Budget> inForce,
            Set<OpeningKey> there,
            List<Accounts.Opening> missing) {
        var subject = scope.subject(stake.payer());
        for (var period : Period.values()) {
            if (budget(inForce, scope, subject, period).isEmpty()) continue;
            var span = period.around(
                    stake.moment(), books.rules().zone(scope, stake.payer().desk()));
            if (there.add(new OpeningKey(scope, subject, period, span.start()))) {
                missing.add(new Accounts.Opening(ids.next(), scope, subject, period, span));
            }
        }
    }

    private static Optional<Budget> budget(Map<BudgetKey, Budget> inForce, Scope scope, String subject, Period period) {
        return Optional.ofNullable(inForce.get(new BudgetKey(scope, subject, period)))
                .or(() -> scope == Scope.HUB
                        ? Optional.empty()
                        : Optional.ofNullable(inForce.get(new BudgetKey(scope, Scope.EACH, period))));
    }

    private void store(Script script, Sheet sheet) {
        accounts.change(script, sheet.changed());
        reservations.insert(script, sheet.taken.values());
        reservations.send(script, sheet.sent.values());
        reservations.delete(script, sheet.settled);
        attempts.insert(script, sheet.attempts);
        refusals.insert(script, sheet.refused);
        alerts.insert(script, sheet.alerts);
        audit.append(script, sheet.audit);
    }
}
