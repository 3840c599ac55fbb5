package io.kefuhub.core.models.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.models.money.usage.UsageFixture;
import io.kefuhub.core.web.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsageTest {
    private final MovableClock clock = new MovableClock("2026-11-25T10:00:00Z");
    private Database database;
    private Purse purse;
    private UsageFixture usage;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
        purse = new Purse(database, clock);
        purse.price();
        usage = new UsageFixture(database);
    }

    @AfterEach
    void close() {
        purse.close();
        database.close();
    }

    @Test
    void what_was_spent_is_counted_by_desk_and_by_the_day_of_a_zone() {
        asked("support", 1_000, 0);
        asked("sales", 0, 1_000);
        clock.move(Duration.ofHours(8)); // 02:00 of the next day in Shanghai
        asked("support", 2_000, 0);
        purse.budget(Scope.DESK, "sales", Period.DAY, 1);
        purse.room.ledger().reserve(purse.attempt(Purse.payer("sales", "ben")));
        var from = Instant.parse("2026-11-20T00:00:00Z");
        var to = Instant.parse("2026-12-01T00:00:00Z");

        assertThat(usage.rows("DESK", from, to, "Asia/Shanghai"))
                .containsExactly("support 2 calls 3000000 cost 0 refusals", "sales 1 calls 2000000 cost 1 refusals");
        assertThat(usage.rows("DAY", from, to, "Asia/Shanghai"))
                .containsExactly(
                        "2026-11-25 2 calls 3000000 cost 0 refusals", "2026-11-26 1 calls 2000000 cost 1 refusals");
        assertThat(usage.rows("DAY", from, to, "UTC")).containsExactly("2026-11-25 3 calls 5000000 cost 1 refusals");
        assertThat(usage.rows("HOUR", from, to, "+08:00"))
                .containsExactly(
                        "2026-11-25T18 2 calls 3000000 cost 0 refusals",
                        "2026-11-26T02 1 calls 2000000 cost 1 refusals");
        assertThat(usage.rows("DAY", to, to.plusSeconds(1), "UTC")).isEmpty();
    }

    @Test
    void first_words_are_summed_up_of_calls_that_had_any() {
        for (var tenths = 1; tenths <= 20; tenths++) ended("support", "answered", Duration.ofMillis(100L * tenths));
        ended("support", "timed-out", Duration.ZERO);
        ended("sales", "unavailable", Duration.ZERO);
        var from = Instant.parse("2026-11-20T00:00:00Z");

        assertThat(usage.firstWords(from, from.plus(Duration.ofDays(10))))
                .containsExactly("sales - -", "support 1000 1900");
    }

    private void ended(String desk, String outcome, Duration firstWords) {
        var attempt = purse.attempt(Purse.payer(desk, "anna"));
        purse.room.ledger().reserveToSend(attempt);
        var tokens = new Usage(true, 10, 0, 10, 0);
        var over = new Settlement(attempt.attempt(), outcome, "", true, tokens, true, firstWords, firstWords);
        purse.room.ledger().settle(over).join();
    }

    @Test
    void a_forecast_goes_on_like_the_period_so_far_and_waits_until_that_says_something() {
        var start = Instant.parse("2026-11-24T16:00:00Z");
        var account = new Account(
                new Account.Key(purse.ids.next(), Scope.HUB, "", Period.DAY),
                new Period.Span(start, start.plus(Duration.ofDays(1))),
                new Account.Balance(0, 3_000, false, 0));

        assertThat(Limits.forecast(account, start.plus(Duration.ofHours(6)))).contains(12_000L);
        assertThat(Limits.forecast(account, start.plus(Duration.ofMinutes(5)))).isEqualTo(Optional.empty());
    }

    private void asked(String desk, long input, long output) {
        var attempt = purse.attempt(Purse.payer(desk, "anna"));
        purse.room.ledger().reserve(attempt);
        purse.room.ledger().dispatched(attempt.attempt());
        purse.room
                .ledger()
                .settle(Purse.answered(attempt.attempt(), input, output))
                .join();
    }
}
