package io.kefuhub.core.models.money;

import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.database.GroupWriter;
import io.kefuhub.core.models.money.price.Prices;
import io.kefuhub.core.models.money.price.Quote;
import io.kefuhub.core.models.money.price.Terms;
import io.kefuhub.core.waiting.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger by units of the ledger's group writer.
 *
 * <p>Nobody waits for a database that is away: after two seconds the answer is that the books cannot be written, and at
 * once as long as a write is stuck. What had been handed in until then takes nothing, or is given back. A settlement that
 * could not be written is kept and tried again. Safe for threads.
 */
final class Bookkeeper implements Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Bookkeeper.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int AT_ONCE = 500;

    private final Database database;
    private final GroupWriter writer;
    private final Books books;
    private final Prices prices;
    private final Pen pen;
    private final Reservations reservations;
    private final InstantSource clock;
    private final Grace grace = new Grace();
    private final Map<UUID, Entry.Over> unbooked = new ConcurrentHashMap<>();
    private final Map<UUID, Entry.Over> failed = new ConcurrentHashMap<>();
    private final Budgets budgets = new Budgets();
    /** What was marked as sent when it was reserved, until it is settled. */
    private final Map<UUID, Sending> sending = new ConcurrentHashMap<>();

    private volatile CompletableFuture<?> stuck = CompletableFuture.completedFuture("nothing");

    private record Sending(Reservation kept, Optional<Quote> quote) {}

    /** @param writer of the same database */
    Bookkeeper(
            Database database,
            GroupWriter writer,
            Books books,
            Prices prices,
            Pen pen,
            Reservations reservations,
            InstantSource clock) {
        this.database = database;
        this.writer = writer;
        this.books = books;
        this.prices = prices;
        this.pen = pen;
        this.reservations = reservations;
        this.clock = clock;
    }

    @Override
    public Reserving reserve(WorstCase worst) {
        return reserve(worst, false);
    }

    @Override
    public Reserving reserveToSend(WorstCase worst) {
        return reserve(worst, true);
    }

    private Reserving reserve(WorstCase worst, boolean sends) {
        var now = clock.instant();
        var quote = prices.now().find(worst.provider(), worst.model(), now);
        if (quote.isEmpty() && !worst.unpriced()) return new Reserving.Unpriced();
        var most = quote.map(some -> some.atMost(worst.inputTokens(), longest(now, worst)))
                .orElse(Terms.AtMost.NOTHING);
        var hold = new Entry.Hold(worst, quote, most, sends, new AtomicBoolean(), new Entry.Tries());
        if (!stuck.isDone()) return onGrace(hold);
        var written = writer.write(pen, hold);
        try {
            return Waiting.get(written, PATIENCE) instanceof Entry.Outcome.Taken(var answer, var kept)
                    ? taken(answer, kept, hold)
                    : new Reserving.Away();
        } catch (TimeoutException e) {
            stuck = written;
            hold.abandoned().set(true);
            var answer = onGrace(hold);
            if (answer instanceof Reserving.Away) giveBack(hold.id(), written);
            return answer;
        } catch (InterruptedException e) {
            hold.abandoned().set(true);
            giveBack(hold.id(), written);
            Thread.currentThread().interrupt();
            return new Reserving.Away();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DatabaseAwayException) return onGrace(hold);
            throw new IllegalStateException("a reservation could not be written", e.getCause());
        }
    }

    /** Remembers what needs no look into the books when it ends. */
    private Reserving taken(Reserving answer, Optional<Reservation> kept, Entry.Hold hold) {
        if (hold.sends()) kept.ifPresent(some -> sending.put(some.id(), new Sending(some, hold.quote())));
        return answer;
    }

    @Override
    public boolean dispatched(UUID attempt) {
        if (grace.of(attempt).isPresent() || isMarked(attempt)) return true;
        try {
            var marked = Waiting.get(writer.write(pen, new Entry.Sent(attempt)), PATIENCE);
            return marked instanceof Entry.Outcome.Marked(var open) && open;
        } catch (TimeoutException e) {
            throw new DatabaseAwayException("The books cannot be written.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseAwayException("Interrupted while writing into the books.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DatabaseAwayException away) throw away;
            throw new DatabaseAwayException("The books refused a mark.", e);
        }
    }

    /** Whether it was marked when it was reserved, and nobody can have given it back. */
    private boolean isMarked(UUID attempt) {
        var known = sending.get(attempt);
        return known != null && known.kept().worst().expires().isAfter(clock.instant());
    }

    @Override
    public CompletableFuture<Long> settle(Settlement settlement) {
        var attempt = settlement.attempt();
        var kept = Optional.ofNullable(sending.get(attempt)).map(Sending::kept);
        return book(new Entry.Over(settlement, grace.of(attempt), kept, new Entry.Tries()));
    }

    @Override
    public OptionalLong cost(Settlement settlement) {
        var known = sending.get(settlement.attempt());
        if (known == null) return OptionalLong.empty();
        var kept = settlement.dispatched() ? known.kept() : known.kept().unsent();
        var price = known.quote().map(Quote::price);
        return OptionalLong.of(Attempt.Bill.of(kept, price, settlement, false).cost());
    }

    private CompletableFuture<Long> book(Entry.Over over) {
        var id = over.id();
        unbooked.put(id, over);
        return writer.write(pen, over).handle((outcome, failure) -> {
            unbooked.remove(id);
            if (failure != null) {
                if (failure instanceof DatabaseAwayException) failed.put(id, over);
                else LOG.error("The settlement of {} could not be written; it is charged as estimated", id, failure);
                throw new CompletionException(failure);
            }
            grace.booked(id);
            sending.remove(id);
            return outcome instanceof Entry.Outcome.Settled(var cost) ? cost : 0L;
        });
    }

    /** Settles what an earlier life of this hub left, before it begins to ask anybody. */
    void recover() {
        remember();
        var left = 0;
        while (true) {
            var some = database.read(db -> reservations.orphaned(db, AT_ONCE));
            if (some.isEmpty()) break;
            settleLeft(some);
            left += some.size();
        }
        if (left > 0) LOG.info("Settled {} reservations that were open when the hub ended", left);
    }

    /** Settles what nobody did in time; tries again what could not be written. Returns how many it settled. */
    int sweep() {
        remember();
        var again = List.copyOf(failed.values());
        again.forEach(over -> {
            failed.remove(over.id());
            var _ = book(over);
        });
        var now = clock.instant();
        grace.expired(now).stream().filter(kept -> !isUnderWay(kept.id())).forEach(kept -> {
            var _ = book(new Entry.Over(
                    over(kept.id(), "lost", true), Optional.of(kept), Optional.empty(), new Entry.Tries()));
        });
        var ids = new ArrayList<>(database.read(db -> reservations.expired(db, now, AT_ONCE)));
        ids.removeIf(this::isUnderWay);
        settleLeft(ids);
        return ids.size();
    }

    private boolean isUnderWay(UUID attempt) {
        return unbooked.containsKey(attempt) || failed.containsKey(attempt);
    }

    private void settleLeft(List<UUID> ids) {
        var written =
                ids.stream().map(id -> writer.write(pen, new Entry.Left(id))).toList();
        CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).join();
        ids.forEach(sending::remove);
    }

    /** Remembers what is needed when nobody can be asked. */
    void remember() {
        grace.remember(database.read(budgets::all));
    }

    private Reserving onGrace(Entry.Hold hold) {
        var rules = books.rules();
        if (rules.gracePercent() == 0) return new Reserving.Away();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (!grace.take(hold, now, rules)) return new Reserving.Away();
        var amount = grace.of(hold.id()).map(Reservation::amount).orElse(0L);
        return new Reserving.Reserved(amount, true);
    }

    /** What was written after all although nobody waited for it is let go. */
    private void giveBack(UUID attempt, CompletableFuture<Entry.Outcome> written) {
        var _ = written.thenAccept(outcome -> {
            if (outcome instanceof Entry.Outcome.Taken(Reserving.Reserved _, var _)) {
                var _ = writer.write(
                        pen,
                        new Entry.Over(
                                over(attempt, "released", false),
                                Optional.empty(),
                                Optional.empty(),
                                new Entry.Tries()));
            }
        });
    }

    private static Settlement over(UUID attempt, String outcome, boolean sent) {
        return new Settlement(attempt, outcome, "", sent, Usage.UNKNOWN, sent, Duration.ZERO, Duration.ZERO);
    }

    private static Duration longest(Instant now, WorstCase worst) {
        var left = Duration.between(now, worst.expires());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
