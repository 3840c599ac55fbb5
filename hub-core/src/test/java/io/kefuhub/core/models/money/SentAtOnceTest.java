package io.kefuhub.core.models.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.database.ForgetfulDatabase;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.web.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that are reserved and marked as sent in one write. */
class SentAtOnceTest {
    private static final long ONE = 3_000_000;

    private final MovableClock clock = new MovableClock("2026-11-25T10:00:00Z");
    private Database database;
    private Purse purse;
    private Ledger ledger;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
        purse = new Purse(database, clock);
        purse.price();
        purse.budget(Scope.DESK, "support", Period.DAY, 2 * ONE);
        ledger = purse.room.ledger();
    }

    @AfterEach
    void close() {
        purse.close();
        database.close();
    }

    @Test
    void its_cost_is_known_before_it_is_written_and_is_what_is_written() {
        var attempt = purse.attempt(Purse.payer("support", "anna"));
        assertThat(ledger.reserveToSend(attempt)).isEqualTo(new Reserving.Reserved(ONE, false));
        assertThat(purse.number("select count(*) from reservation where dispatched_at is not null"))
                .isOne();
        assertThat(ledger.dispatched(attempt.attempt())).isTrue();
        var answered = Purse.answered(attempt.attempt(), 900, 100);

        var known = ledger.cost(answered);
        var first = ledger.settle(answered);
        var second = ledger.settle(Purse.answered(attempt.attempt(), 1, 1));

        assertThat(first.join()).isEqualTo(1_100_000).isEqualTo(second.join()).isEqualTo(known.orElseThrow());
        assertThat(ledger.settle(answered).join()).isEqualTo(1_100_000);
        assertThat(ledger.cost(answered)).isEmpty();
        assertThat(ledger.dispatched(attempt.attempt())).isFalse();
        assertThat(purse.standing(Scope.DESK, "support", Period.DAY))
                .isEqualTo(new Purse.Standing(0, 1_100_000, false, 1));
        assertThat(purse.number("select count(*) from attempt")).isOne();
        assertThat(purse.room.recounts.run("test").differences()).isEmpty();
    }

    @Test
    void one_that_is_not_sent_after_all_costs_nothing_and_does_not_stand_as_sent() {
        var attempt = purse.attempt(Purse.payer("support", "anna"));
        ledger.reserveToSend(attempt);
        var unsent = Purse.over(attempt.attempt(), "unsent", Usage.UNKNOWN, false, false);

        assertThat(ledger.cost(unsent)).hasValue(0);
        assertThat(ledger.settle(unsent).join()).isZero();

        assertThat(purse.texts("select outcome from attempt where dispatched_at is null"))
                .containsExactly("unsent");
        assertThat(purse.standing(Scope.DESK, "support", Period.DAY).reserved()).isZero();
    }

    @Test
    void one_that_a_hub_left_behind_or_nobody_settles_in_time_is_charged_as_if_it_was_sent() {
        ledger.reserveToSend(purse.attempt(Purse.payer("support", "anna")));
        try (var again = new Purse(database, clock)) {
            again.room.start();
        }
        var late = purse.attempt(Purse.payer("support", "anna"));
        ledger.reserveToSend(late);
        clock.move(Duration.ofMinutes(3));

        assertThat(purse.room.bookkeeper.sweep()).isOne();

        assertThat(ledger.dispatched(late.attempt())).isFalse();
        assertThat(ledger.settle(Purse.answered(late.attempt(), 1, 1)).join()).isEqualTo(ONE);
        assertThat(purse.texts("select outcome || ' ' || cost from attempt"))
                .containsExactly("lost " + ONE, "lost " + ONE);
        assertThat(purse.standing(Scope.DESK, "support", Period.DAY))
                .isEqualTo(new Purse.Standing(0, 2 * ONE, false, 1));
    }

    @Test
    void one_whose_commits_nobody_heard_of_is_taken_once_and_settled_once() {
        var address = TestDatabase.freshAddress();
        try (var forgetful = new ForgetfulDatabase(address, Duration.ofSeconds(20));
                var written = TestDatabase.open(address);
                var room = new Purse(database, forgetful.writer(), clock)) {
            var attempt = room.attempt(Purse.payer("support", "anna"));
            forgetful.loseNextAnswer();
            assertThat(room.room.ledger().reserveToSend(attempt)).isEqualTo(new Reserving.Reserved(ONE, false));
            forgetful.loseNextAnswer();
            assertThat(room.room
                            .ledger()
                            .settle(Purse.answered(attempt.attempt(), 10, 10))
                            .join())
                    .isEqualTo(30_000);
            long attempts = written.read(db -> db.createQuery("select count(*) from attempt where cost = 30000")
                    .mapTo(Long.class)
                    .one());
            assertThat(attempts).isOne();
        }
    }

    @Test
    void one_for_which_nobody_waited_any_more_is_given_back_and_not_charged() {
        var address = TestDatabase.freshAddress();
        try (var forgetful = new ForgetfulDatabase(address, Duration.ofSeconds(20));
                var written = TestDatabase.open(address);
                var room = new Purse(database, forgetful.writer(), clock)) {
            forgetful.thenStayAway();
            forgetful.loseNextAnswer();
            assertThat(room.room.ledger().reserveToSend(room.attempt(Purse.payer("support", "anna"))))
                    .isEqualTo(new Reserving.Away());
            forgetful.comeBack();
            Eventually.holds(() -> written.read(
                    db -> db.createQuery("select count(*) from attempt where outcome = 'released' and cost = 0")
                                    .mapTo(Long.class)
                                    .one()
                            == 1));
        }
    }
}
