package io.kefuhub.core.models.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.database.ForgetfulDatabase;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.telemetry.Stalls;
import io.kefuhub.core.web.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
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
        ledger = purse.room.ledger();
    }

    @AfterEach
    void close() {
        purse.close();
        database.close();
    }

    @Test
    void a_worst_case_is_taken_from_every_budget_it_falls_under_and_what_it_cost_stays() {
        purse.budget(Scope.HUB, "", Period.MONTH, 100 * ONE);
        purse.budget(Scope.DESK, "support", Period.DAY, 10 * ONE);
        purse.budget(Scope.CUSTOMER, Scope.EACH, Period.DAY, 5 * ONE);
        var attempt = purse.attempt(Purse.payer("support", "anna"));

        assertThat(ledger.reserve(attempt)).isEqualTo(new Reserving.Reserved(ONE, false));
        assertThat(purse.standing(Scope.HUB, "", Period.MONTH).reserved()).isEqualTo(ONE);
        assertThat(purse.standing(Scope.CUSTOMER, "anna", Period.DAY).reserved())
                .isEqualTo(ONE);
        ledger.dispatched(attempt.attempt());
        var cost = ledger.settle(Purse.answered(attempt.attempt(), 900, 100)).join();

        assertThat(cost).isEqualTo(1_100_000);
        assertThat(purse.standing(Scope.HUB, "", Period.MONTH)).isEqualTo(new Purse.Standing(0, cost, false, 1));
        assertThat(purse.standing(Scope.DESK, "support", Period.DAY)).isEqualTo(new Purse.Standing(0, cost, false, 1));
        assertThat(purse.standing(Scope.CUSTOMER, "anna", Period.DAY)).isEqualTo(new Purse.Standing(0, cost, false, 1));
        assertThat(purse.texts("select action from audit where subject = 'attempt:" + attempt.attempt() + "'"))
                .containsExactly("model.asked");
    }

    @Test
    void what_does_not_fit_into_one_budget_is_taken_from_none() {
        purse.budget(Scope.HUB, "", Period.DAY, 10 * ONE);
        purse.budget(Scope.CUSTOMER, "anna", Period.DAY, ONE - 1);

        var answer = ledger.reserve(purse.attempt(Purse.payer("support", "anna")));

        assertThat(answer).isEqualTo(new Reserving.Short("customer:anna:day", 999));
        assertThat(purse.standing(Scope.HUB, "", Period.DAY).reserved()).isZero();
        assertThat(purse.number("select fitting_tokens from budget_refusal")).isEqualTo(999);
    }

    @Test
    void the_budget_of_a_channel_bounds_all_that_is_asked_there_and_nothing_else() {
        purse.budget(Scope.CHANNEL, "web", Period.DAY, ONE);
        var elsewhere = new Payer("support", "phone", "assistant", "anna", Optional.empty(), Optional.empty());

        assertThat(ledger.reserve(purse.attempt(Purse.payer("support", "anna"))))
                .isInstanceOf(Reserving.Reserved.class);
        assertThat(ledger.reserve(purse.attempt(Purse.payer("sales", "ben"))))
                .isEqualTo(new Reserving.Short("channel:web:day", 0));
        assertThat(ledger.reserve(purse.attempt(elsewhere))).isInstanceOf(Reserving.Reserved.class);
        assertThat(purse.standing(Scope.CHANNEL, "web", Period.DAY).reserved()).isEqualTo(ONE);
    }

    @Test
    void as_many_tokens_as_fit_are_told_and_then_do_fit() {
        purse.budget(Scope.DESK, "support", Period.DAY, 2 * ONE - 1);
        ledger.reserve(purse.attempt(Purse.payer("support", "anna")));

        var first = ledger.reserve(purse.attempt(Purse.payer("support", "ben")));
        assertThat(first).isInstanceOfSatisfying(Reserving.Short.class, shorter -> {
            var again = purse.attempt(Purse.payer("support", "ben"), 1_000, shorter.outputTokens());
            assertThat(ledger.reserve(again)).isInstanceOf(Reserving.Reserved.class);
            var more = purse.attempt(Purse.payer("support", "ben"), 0, 1);
            assertThat(ledger.reserve(more)).isEqualTo(new Reserving.Short("desk:support:day", 0));
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void of_many_at_once_those_that_fit_get_in_and_the_books_balance_to_the_unit(boolean toSend) throws Exception {
        purse.budget(Scope.DESK, "support", Period.DAY, 50 * ONE);
        purse.budget(Scope.HUB, "", Period.MONTH, 1_000 * ONE);
        var most = new AtomicLong();
        var reserved = new CopyOnWriteArrayList<UUID>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (var i = 0; i < 200; i++) {
                var customer = "customer-" + i;
                all.add(threads.submit(() -> {
                    var attempt = purse.attempt(Purse.payer("support", customer));
                    var answer = toSend ? ledger.reserveToSend(attempt) : ledger.reserve(attempt);
                    if (answer instanceof Reserving.Reserved) reserved.add(attempt.attempt());
                    var standing = purse.standing(Scope.DESK, "support", Period.DAY);
                    most.accumulateAndGet(standing.reserved() + standing.spent(), Math::max);
                }));
            }
            for (var one : all) one.get(30, TimeUnit.SECONDS);
            assertThat(reserved).hasSize(50);
            for (var id : reserved) {
                threads.submit(() -> {
                    ledger.dispatched(id);
                    return ledger.settle(Purse.answered(id, 999, 777)).join();
                });
            }
        }

        assertThat(most).hasValue(50 * ONE);
        assertThat(purse.standing(Scope.DESK, "support", Period.DAY))
                .isEqualTo(new Purse.Standing(0, 50 * 2_553_000L, false, 1));
        assertThat(purse.number("select sum(cost)::bigint from attempt")).isEqualTo(50 * 2_553_000L);
        assertThat(purse.room.recounts.run("test").differences()).isEmpty();
    }

    @Test
    void an_attempt_is_settled_once_whoever_does_it_again() {
        purse.budget(Scope.HUB, "", Period.DAY, 10 * ONE);
        var attempt = purse.attempt(Purse.payer("support", "anna"));
        ledger.reserve(attempt);
        ledger.dispatched(attempt.attempt());

        var first = ledger.settle(Purse.answered(attempt.attempt(), 10, 10));
        var second = ledger.settle(Purse.answered(attempt.attempt(), 500, 500));

        assertThat(first.join()).isEqualTo(30_000).isEqualTo(second.join());
        assertThat(ledger.settle(Purse.answered(attempt.attempt(), 1, 1)).join())
                .isEqualTo(30_000);
        assertThat(purse.standing(Scope.HUB, "", Period.DAY)).isEqualTo(new Purse.Standing(0, 30_000, false, 1));
        assertThat(ledger.dispatched(attempt.attempt())).isFalse();
    }

    @Test
    void what_was_never_sent_costs_nothing_and_what_nobody_counted_costs_what_was_kept() {
        var unsent = purse.attempt(Purse.payer("support", "anna"));
        var uncounted = purse.attempt(Purse.payer("support", "anna"));
        var estimated = purse.attempt(Purse.payer("support", "anna"));
        for (var attempt : new WorstCase[] {unsent, uncounted, estimated}) ledger.reserve(attempt);

        assertThat(ledger.settle(Purse.over(unsent.attempt(), "cancelled", Usage.UNKNOWN, false, false))
                        .join())
                .isZero();
        assertThat(ledger.settle(Purse.over(uncounted.attempt(), "timeout", Usage.UNKNOWN, true, true))
                        .join())
                .isEqualTo(ONE);
        var guess = new Usage(false, 1_000, 0, 20, 0);
        assertThat(ledger.settle(Purse.over(estimated.attempt(), "cancelled", guess, true, true))
                        .join())
                .isEqualTo(1_040_000);
        assertThat(purse.texts("select source from attempt order by cost"))
                .containsExactly("NONE", "ESTIMATED", "ESTIMATED");
    }

    @Test
    void more_than_could_be_is_booked_and_flagged_and_closes_the_budget() {
        purse.budget(Scope.DESK, "support", Period.DAY, 100 * ONE);
        purse.budget(Scope.DESK, "sales", Period.DAY, 100 * ONE);
        var attempt = purse.attempt(Purse.payer("support", "anna"));
        ledger.reserve(attempt);
        ledger.dispatched(attempt.attempt());

        assertThat(ledger.settle(Purse.answered(attempt.attempt(), 1_200, 1_200))
                        .join())
                .isEqualTo(3_600_000);

        assertThat(purse.standing(Scope.DESK, "support", Period.DAY))
                .isEqualTo(new Purse.Standing(0, 3_600_000, true, 1));
        assertThat(purse.number("select count(*) from attempt where over_reserved"))
                .isOne();
        assertThat(purse.room.pressing()).isOne();
        assertThat(purse.texts("select subject from audit where action = 'budget.closed'"))
                .containsExactly("budget:desk:support:day");
        assertThat(ledger.reserve(purse.attempt(Purse.payer("support", "ben"))))
                .isEqualTo(new Reserving.Short("desk:support:day", 0));
        assertThat(ledger.reserve(purse.attempt(Purse.payer("sales", "ben")))).isInstanceOf(Reserving.Reserved.class);
    }

    @Test
    void what_nobody_settles_is_released_or_charged_as_it_was_sent_or_not() {
        purse.budget(Scope.HUB, "", Period.DAY, 10 * ONE);
        var unsent = purse.attempt(Purse.payer("support", "anna"));
        var sent = purse.attempt(Purse.payer("support", "anna"));
        ledger.reserve(unsent);
        ledger.reserve(sent);
        ledger.dispatched(sent.attempt());
        assertThat(purse.room.bookkeeper.sweep()).isZero();

        clock.move(Duration.ofMinutes(3));

        assertThat(purse.room.bookkeeper.sweep()).isEqualTo(2);
        assertThat(purse.standing(Scope.HUB, "", Period.DAY)).isEqualTo(new Purse.Standing(0, ONE, false, 1));
        assertThat(purse.texts("select outcome || ' ' || source from attempt order by cost"))
                .containsExactly("released NONE", "lost ESTIMATED");
    }

    @Test
    void a_hub_that_starts_again_settles_what_its_last_life_left() {
        purse.budget(Scope.HUB, "", Period.DAY, 10 * ONE);
        var sent = purse.attempt(Purse.payer("support", "anna"));
        ledger.reserve(sent);
        ledger.dispatched(sent.attempt());
        ledger.reserve(purse.attempt(Purse.payer("support", "anna")));

        try (var again = new Purse(database, clock)) {
            again.room.start();
        }

        assertThat(purse.standing(Scope.HUB, "", Period.DAY)).isEqualTo(new Purse.Standing(0, ONE, false, 1));
        assertThat(purse.number("select count(*) from reservation")).isZero();
    }

    @Test
    void a_model_without_a_price_is_asked_only_where_that_is_allowed_and_stands_in_the_books_without_one() {
        var priced = purse.attempt(Purse.payer("support", "anna"));
        var unknown = model(priced, "unheard-of", false);
        var allowed = model(priced, "unheard-of", true);

        assertThat(ledger.reserve(unknown)).isEqualTo(new Reserving.Unpriced());
        assertThat(ledger.reserve(allowed)).isEqualTo(new Reserving.Reserved(0, false));
        ledger.dispatched(allowed.attempt());
        assertThat(ledger.settle(Purse.answered(allowed.attempt(), 100, 100)).join())
                .isZero();
        assertThat(purse.texts("select model from attempt where price_id is null and input_tokens = 100"))
                .containsExactly("unheard-of");
    }

    @Test
    void a_budget_that_comes_during_the_day_knows_what_was_spent_and_kept_before_it() {
        var settled = purse.attempt(Purse.payer("support", "anna"));
        ledger.reserve(settled);
        ledger.settle(Purse.answered(settled.attempt(), 1_000, 1_000)).join();
        var open = purse.attempt(Purse.payer("support", "anna"));
        ledger.reserve(open);
        purse.budget(Scope.DESK, "support", Period.DAY, 3 * ONE - 1);

        assertThat(ledger.reserve(purse.attempt(Purse.payer("support", "ben")))).isInstanceOf(Reserving.Short.class);

        assertThat(purse.standing(Scope.DESK, "support", Period.DAY)).isEqualTo(new Purse.Standing(ONE, ONE, false, 1));
        ledger.settle(Purse.answered(open.attempt(), 0, 1_000)).join();
        assertThat(purse.standing(Scope.DESK, "support", Period.DAY))
                .isEqualTo(new Purse.Standing(0, ONE + 2_000_000, false, 1));
        assertThat(purse.room.recounts.run("test").differences()).isEmpty();
    }

    @Test
    void a_day_begins_where_the_hub_is_and_what_began_before_midnight_counts_into_the_day_before() {
        purse.budget(Scope.HUB, "", Period.DAY, ONE);
        var before = purse.attempt(Purse.payer("support", "anna"));
        clock.move(Duration.ofMinutes(5 * 60 + 59)); // 23:59 in Shanghai
        ledger.reserve(before);
        clock.move(Duration.ofMinutes(1));
        var after = purse.attempt(Purse.payer("support", "anna"));

        assertThat(ledger.reserve(after)).isInstanceOf(Reserving.Reserved.class);
        ledger.settle(Purse.answered(before.attempt(), 1_000, 0)).join();

        assertThat(purse.texts("select spent || ' ' || reserved from budget_period order by starts_at"))
                .containsExactly("1000000 0", "0 " + ONE);
    }

    @Test
    void steps_and_the_turn_to_the_cheaper_model_are_where_the_rules_say_from_the_next_call_on() {
        purse.budget(Scope.DESK, "support", Period.DAY, 100_000_000);
        spend(25_000);
        assertThat(alerts()).isEmpty();
        purse.keeping = new KeepingRules(List.of(20, 40, 100), 30, 80, Duration.ofSeconds(30), LocalTime.MIDNIGHT);

        spend(2_000);
        assertThat(alerts()).containsExactly("20");
        spend(14_000);

        assertThat(alerts()).containsExactly("20", "40");
        assertThat(ledger.reserve(purse.attempt(Purse.payer("support", "anna"), 1_000, 0)))
                .isEqualTo(new Reserving.Reserved(1_000_000, true));
        assertThat(purse.room.pressing()).isZero();
        purse.keeping = new KeepingRules(List.of(100), 30, 40, Duration.ofSeconds(30), LocalTime.MIDNIGHT);
        assertThat(purse.room.pressing()).isOne();
    }

    private void spend(long tokens) {
        var attempt = purse.attempt(Purse.payer("support", "anna"), tokens, 0);
        ledger.reserve(attempt);
        ledger.settle(Purse.answered(attempt.attempt(), tokens, 0)).join();
    }

    private List<String> alerts() {
        return purse.texts("select percent::text from budget_alert order by budget_alert.percent");
    }

    @Test
    void each_step_is_told_once_and_from_95_percent_on_the_cheaper_model_is_advised() {
        var told = new CopyOnWriteArrayList<Integer>();
        purse.room.listen(alert -> told.add(alert.percent()));
        var pressing = new CopyOnWriteArrayList<Integer>();
        purse.room.listenToLooks(() -> pressing.add(purse.room.pressing()));
        purse.budget(Scope.DESK, "support", Period.DAY, 100_000_000);
        purse.budget(Scope.DESK, "sales", Period.DAY, 100_000_000);
        for (var step : new long[] {40_000, 12_000, 30_000, 13_500}) {
            var attempt = purse.attempt(Purse.payer("support", "anna"), step, 0);
            assertThat(ledger.reserve(attempt)).isEqualTo(new Reserving.Reserved(step * 1_000, false));
            ledger.settle(Purse.answered(attempt.attempt(), step, 0)).join();
        }

        var last = purse.attempt(Purse.payer("support", "anna"), 1_000, 0);
        assertThat(ledger.reserve(last)).isEqualTo(new Reserving.Reserved(1_000_000, true));
        assertThat(ledger.reserve(purse.attempt(Purse.payer("support", "ben"), 4_000, 100)))
                .isInstanceOf(Reserving.Short.class);
        assertThat(ledger.reserve(purse.attempt(Purse.payer("support", "ben"), 4_000, 100)))
                .isInstanceOf(Reserving.Short.class);

        assertThat(purse.texts("select percent::text from budget_alert order by budget_alert.percent"))
                .containsExactly("50", "80", "95", "100");
        Eventually.holds(() -> told.size() >= 4);
        assertThat(told).containsExactlyInAnyOrder(50, 80, 95, 100);
        Eventually.holds(() -> pressing.contains(1));
        assertThat(pressing).doesNotContain(2);
        assertThat(purse.number("select count(*) from audit where action = 'budget.alert'"))
                .isEqualTo(4);
    }

    @Test
    void an_account_that_is_wrong_is_found() {
        purse.budget(Scope.HUB, "", Period.DAY, 10 * ONE);
        ledger.reserve(purse.attempt(Purse.payer("support", "anna")));
        assertThat(purse.room.recounts.run("test").differences()).isEmpty();

        database.useTransaction(tx -> tx.execute("update budget_period set spent = spent + 1"));

        var report = purse.room.recounts.run("test");
        assertThat(report.differences())
                .containsExactly(
                        new Recounts.Difference("hub:day", Instant.parse("2026-11-24T16:00:00Z"), ONE, ONE, 1, 0));
        assertThat(purse.room.recounts.last()).contains(report);
        assertThat(purse.number("select count(*) from audit where action = 'books.differ'"))
                .isOne();
    }

    @Test
    void a_reservation_whose_commit_nobody_heard_of_is_taken_once() {
        try (var forgetful = new ForgetfulDatabase(TestDatabase.freshAddress(), Duration.ofSeconds(20))) {
            // Prices are kept in the database of the fixture, the books in the one that forgets.
            var room = new Purse(database, forgetful.writer(), clock);
            forgetful.loseNextAnswer();
            var attempt = room.attempt(Purse.payer("support", "anna"));

            assertThat(room.room.ledger().reserve(attempt)).isEqualTo(new Reserving.Reserved(ONE, false));
            forgetful.loseNextAnswer();
            assertThat(room.room
                            .ledger()
                            .settle(Purse.answered(attempt.attempt(), 10, 10))
                            .join())
                    .isEqualTo(30_000);
            room.close();
        }
    }

    @Test
    void while_the_books_cannot_be_written_the_answer_is_quick_and_nothing_stays_reserved() {
        var address = TestDatabase.freshAddress();
        try (var forgetful = new ForgetfulDatabase(address, Duration.ofSeconds(20));
                var written = TestDatabase.open(address);
                var room = new Purse(database, forgetful.writer(), clock)) {
            forgetful.thenStayAway();
            forgetful.loseNextAnswer();
            var started = Stalls.now();
            var first = room.room.ledger().reserve(room.attempt(Purse.payer("support", "anna")));
            var afterFirst = Stalls.since(started);
            var second = room.room.ledger().reserve(room.attempt(Purse.payer("support", "anna")));
            var afterBoth = Stalls.since(started);

            assertThat(first).isEqualTo(second).isEqualTo(new Reserving.Away());
            assertThat(afterFirst).isLessThan(Duration.ofSeconds(4));
            assertThat(afterBoth.minus(afterFirst)).isLessThan(Duration.ofSeconds(1));
            forgetful.comeBack();
            Eventually.holds(
                    () -> written.read(db -> db.createQuery("select count(*) from attempt where outcome = 'released'")
                                    .mapTo(Long.class)
                                    .one())
                            == 1);
            assertThat(room.room.ledger().reserve(room.attempt(Purse.payer("support", "anna"))))
                    .isInstanceOf(Reserving.Reserved.class);
        }
    }

    @Test
    void on_grace_a_part_of_the_day_is_spent_without_the_books_and_written_down_when_they_are_back() {
        var address = TestDatabase.freshAddress();
        try (var forgetful = new ForgetfulDatabase(address, Duration.ofSeconds(20));
                var written = TestDatabase.open(address);
                var room = new Purse(database, forgetful.writer(), clock)) {
            room.room.books.change(new BookRules("CNY", Purse.ZONE, Map.of(), 10, true), Optional.empty(), "test");
            room.budget(Scope.DESK, "support", Period.DAY, 25 * ONE);
            room.room.bookkeeper.remember();
            forgetful.thenStayAway();
            forgetful.loseNextAnswer();
            var attempts = new ArrayList<UUID>();
            for (var i = 0; i < 4; i++) {
                var attempt = room.attempt(Purse.payer("support", "anna"));
                if (room.room.ledger().reserve(attempt) instanceof Reserving.Reserved) attempts.add(attempt.attempt());
            }

            assertThat(attempts).hasSize(2);
            room.room.ledger().dispatched(attempts.get(0));
            room.room.ledger().dispatched(attempts.get(1));
            var first = room.room.ledger().settle(Purse.answered(attempts.get(0), 100, 0));
            var second = room.room.ledger().settle(Purse.answered(attempts.get(1), 0, 100));
            forgetful.comeBack();

            assertThat(first.join()).isEqualTo(100_000);
            assertThat(second.join()).isEqualTo(200_000);
            long cost = written.read(db -> db.createQuery("select sum(cost)::bigint from attempt")
                    .mapTo(Long.class)
                    .one());
            // The first was written before its answer was lost.
            long late = written.read(db -> db.createQuery("select count(*) from attempt where on_grace")
                    .mapTo(Long.class)
                    .one());
            assertThat(cost).isEqualTo(300_000);
            assertThat(late).isOne();
        }
    }

    private WorstCase model(WorstCase like, String model, boolean unpriced) {
        return new WorstCase(
                purse.ids.next(),
                like.payer(),
                Purpose.TEST,
                like.alias(),
                like.deployment(),
                like.provider(),
                model,
                unpriced,
                like.inputTokens(),
                like.outputTokens(),
                like.expires());
    }
}
