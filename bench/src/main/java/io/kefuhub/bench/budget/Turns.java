package io.kefuhub.bench.budget;

import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.money.KeepingRules;
import io.kefuhub.core.models.money.Ledger;
import io.kefuhub.core.models.money.MoneyRoom;
import io.kefuhub.core.models.money.Reserving;
import io.kefuhub.core.models.money.Settlement;
import io.kefuhub.core.models.money.WorstCase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** A hub's books, and turns that are paid from them. Safe for threads. */
final class Turns implements AutoCloseable {
    static final String PROVIDER = "openai";
    static final String MODEL = "proof";
    /** Tokens of a prompt, and of an answer at most. */
    static final long TOKENS = 1_000;
    /** What a turn costs at most: 1 a million tokens of input, 2 of output. */
    static final long WORST = 3_000_000;

    final MoneyRoom room;
    private final Ids ids;
    private final String provider;

    /** @param provider the address of its server */
    Turns(Database database, String provider) {
        this.ids = new Ids(Clock.systemUTC());
        this.room = new MoneyRoom(
                database, new AuditLog(), ids, Clock.systemUTC(), "hub", ZoneOffset.UTC, () -> KeepingRules.USUAL);
        this.provider = provider;
    }

    /** What became of a turn: its attempt and cost, or nothing when it did not fit. */
    record Turn(UUID attempt, long cost) {}

    /** Reserves, asks a server that counts so many tokens, and settles; returns after the commit. */
    Optional<Turn> turn(String desk, String customer, long input, long output) {
        return pay(desk, customer, () -> Provider.ask(provider, input, output));
    }

    /** The same without a server between. */
    Optional<Turn> pay(String desk, String customer) {
        return pay(desk, customer, () -> new Provider.Counted(1, 1));
    }

    private Optional<Turn> pay(String desk, String customer, Supplier<Provider.Counted> model) {
        Ledger ledger = room.ledger();
        var attempt = ids.next();
        var worst = new WorstCase(
                attempt,
                new Payer(desk, "web", "assistant", customer, Optional.empty(), Optional.empty()),
                Purpose.ANSWER,
                "support-default",
                "first",
                PROVIDER,
                MODEL,
                false,
                TOKENS,
                TOKENS,
                Instant.now().plus(Duration.ofMinutes(2)));
        if (!(ledger.reserveToSend(worst) instanceof Reserving.Reserved) || !ledger.dispatched(attempt)) {
            return Optional.empty();
        }
        var counted = model.get();
        var cost = ledger.settle(new Settlement(
                        attempt,
                        "answered",
                        "",
                        true,
                        new Usage(true, counted.input(), 0, counted.output(), 0),
                        true,
                        Duration.ofMillis(1),
                        Duration.ofMillis(2)))
                .join();
        return Optional.of(new Turn(attempt, cost));
    }

    @Override
    public void close() {
        room.close();
    }
}
