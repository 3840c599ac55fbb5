package io.kefuhub.core.models.money;

import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.GroupWriter;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.money.price.PerMillion;
import io.kefuhub.core.models.money.price.Price;
import io.kefuhub.core.models.money.price.Terms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Books on a real database, in which one model has a price: 1 for a million tokens of input and 2 of output, so that a
 * token costs 1,000 or 2,000.
 */
final class Purse implements AutoCloseable {
    static final String PROVIDER = "openai";
    static final String MODEL = "small";
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    final Database database;
    final Ids ids;
    final MoneyRoom room;
    private final Clock clock;
    volatile KeepingRules keeping = KeepingRules.USUAL;

    Purse(Database database, Clock clock) {
        this(database, database.writer(), clock);
    }

    Purse(Database database, GroupWriter writer, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.ids = new Ids(clock);
        this.room = new MoneyRoom(database, writer, new AuditLog(), ids, clock, "hub", ZONE, () -> keeping);
    }

    void price() {
        room.prices.add(List.of(price(Terms.of(PerMillion.of("1", "0.1", "2")))), "test");
    }

    Price price(Terms terms) {
        return new Price(
                ids.next(),
                PROVIDER,
                MODEL,
                List.of(),
                "CNY",
                Instant.EPOCH,
                Optional.empty(),
                terms,
                "",
                Optional.empty(),
                true,
                Price.Origin.PERSON,
                Optional.empty());
    }

    Budget budget(Scope scope, String subject, Period period, long amount) {
        var budget = new Budget(ids.next(), scope, subject, period, amount, true, Optional.empty());
        database.useTransaction(tx -> new Budgets().keep(tx, budget));
        return budget;
    }

    static Payer payer(String desk, String customer) {
        return new Payer(desk, "web", "assistant", customer, Optional.empty(), Optional.empty());
    }

    /** An attempt with a thousand tokens of input and of output: three million at worst. */
    WorstCase attempt(Payer payer) {
        return attempt(payer, 1_000, 1_000);
    }

    WorstCase attempt(Payer payer, long input, long output) {
        return new WorstCase(
                ids.next(),
                payer,
                Purpose.ANSWER,
                "support-default",
                "first",
                PROVIDER,
                MODEL,
                false,
                input,
                output,
                clock.instant().plus(Duration.ofMinutes(2)));
    }

    static Settlement answered(UUID attempt, long input, long output) {
        return over(attempt, "answered", new Usage(true, input, 0, output, 0), true, true);
    }

    static Settlement over(UUID attempt, String outcome, Usage usage, boolean dispatched, boolean billed) {
        return new Settlement(
                attempt, outcome, "", dispatched, usage, billed, Duration.ofMillis(300), Duration.ofSeconds(1));
    }

    /** How a budget's account stands now, all its periods together. */
    Standing standing(Scope scope, String subject, Period period) {
        return database.read(db -> db.createQuery("""
                        select coalesce(sum(reserved), 0) as reserved, coalesce(sum(spent), 0) as spent,
                            coalesce(bool_or(closed), false) as closed, count(*) as periods
                        from budget_period where scope = :scope and subject = :subject and period = :period""")
                .bind("scope", scope.name())
                .bind("subject", subject)
                .bind("period", period.name())
                .map((rs, _) -> new Standing(
                        rs.getLong("reserved"), rs.getLong("spent"), rs.getBoolean("closed"), rs.getInt("periods")))
                .one());
    }

    record Standing(long reserved, long spent, boolean closed, int periods) {}

    long number(String sql) {
        return database.read(db -> db.createQuery(sql).mapTo(Long.class).one());
    }

    List<String> texts(String sql) {
        return database.read(db -> db.createQuery(sql).mapTo(String.class).list());
    }

    @Override
    public void close() {
        room.close();
    }
}
