package io.kefuhub.core.models.routing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Models.ModelAnswer;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.Used;
import io.kefuhub.core.models.catalogue.Rules;
import io.kefuhub.core.web.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SmallPartsTest {
    private final AtomicLong nanos = new AtomicLong();

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void a_bucket_fills_in_a_minute_and_owes_what_was_used_beyond() {
        var bucket = new TokenBucket(600, nanos::get);

        assertThat(bucket.take(400)).isEqualTo(400);
        assertThat(bucket.take(400)).isEqualTo(-1);
        bucket.settle(400, 100);
        assertThat(bucket.take(500)).isEqualTo(500);
        bucket.settle(500, 600);
        assertThat(bucket.holds(1)).isFalse();
        pass(Duration.ofSeconds(20));
        assertThat(bucket.take(100)).isEqualTo(100);
        assertThat(bucket.take(1)).isEqualTo(-1);
        pass(Duration.ofMinutes(5));
        assertThat(bucket.take(10_000)).isEqualTo(600);
    }

    @Test
    void a_bucket_that_grows_lends_more_at_once() {
        var bucket = new TokenBucket(100, nanos::get);
        bucket.take(100);

        bucket.resize(300);
        assertThat(bucket.take(200)).isEqualTo(200);
        bucket.resize(0);
        assertThat(bucket.take(1_000_000)).isZero();
    }

    @Test
    void what_is_long_ago_counts_no_more() {
        var count = new RecentCount(Duration.ofSeconds(10), nanos::get);

        count.add(3);
        pass(Duration.ofSeconds(5));
        count.add(2);
        assertThat(count.sum()).isEqualTo(5);
        pass(Duration.ofSeconds(6));
        assertThat(count.sum()).isEqualTo(2);
        pass(Duration.ofHours(1));
        assertThat(count.sum()).isZero();
    }

    @Test
    void who_stays_ill_rests_twice_as_long_each_time_and_five_minutes_at_most_with_two_calls_between() {
        var clock = new MovableClock("2026-11-25T10:00:00Z");
        var station = new Station(RoutingBench.deployment("a"), Tempo.USUAL, nanos::get, clock, _ -> {});
        for (var i = 0; i < 10; i++) station.failed(Duration.ZERO);

        for (var seconds : List.of(15, 30, 60, 120, 240, 300, 300)) {
            awakesAfter(station, clock, Duration.ofSeconds(seconds));
            for (var i = 0; i < 2; i++) station.failed(Duration.ZERO);
            assertThat(station.isResting()).isTrue();
        }

        awakesAfter(station, clock, Duration.ofMinutes(5));
        for (var i = 0; i < 2; i++) station.worked(Duration.ZERO);
        assertThat(station.isHealthy()).isTrue();
        for (var i = 0; i < 10; i++) station.failed(Duration.ZERO);
        awakesAfter(station, clock, Duration.ofSeconds(15));
    }

    /** Lets two calls through then, not sooner and not a third. */
    private static void awakesAfter(Station station, MovableClock clock, Duration rest) {
        var breaker = station.breaker();
        clock.move(rest.minusMillis(1));
        assertThat(breaker.tryAcquirePermission()).as("before %s", rest).isFalse();
        clock.move(Duration.ofMillis(2));
        assertThat(breaker.tryAcquirePermission()).as("after %s", rest).isTrue();
        assertThat(breaker.tryAcquirePermission()).isTrue();
        assertThat(breaker.tryAcquirePermission()).as("a third").isFalse();
    }

    @Test
    void second_calls_are_a_small_part_of_all_calls_and_of_what_is_spent() {
        var hedges = new Hedges(nanos::get);
        var rules = new Rules.Hedge(true, 5, 2);
        for (var i = 0; i < 100; i++) hedges.called();
        hedges.spent(10_000);

        for (var i = 0; i < 5; i++) assertThat(hedges.permits(rules)).isTrue();
        assertThat(hedges.permits(rules)).as("a sixth in a hundred calls").isFalse();
        assertThat(hedges.hedges()).isEqualTo(5);

        for (var i = 0; i < 100; i++) hedges.called();
        hedges.lost(200);
        assertThat(hedges.permits(rules)).as("2 % are lost").isTrue();
        hedges.lost(1);
        assertThat(hedges.permits(rules)).as("more is").isFalse();
        assertThat(hedges.permits(new Rules.Hedge(false, 100, 100))).isFalse();

        pass(Duration.ofMinutes(11));
        assertThat(hedges.permits(rules)).as("what was long ago is forgotten").isTrue();
    }

    @Test
    void a_place_goes_to_who_waits_longest_and_not_to_who_left() throws Exception {
        var line = new WaitingLine(1);
        assertThat(line.tryEnter()).isTrue();
        var gone = new Stop();
        var first = waiting(line, gone);
        var second = waiting(line, Cancel.NEVER);

        gone.request();
        assertThat(first.get()).isFalse();
        line.leave();
        assertThat(second.get()).isTrue();
        assertThat(line.tryEnter()).isFalse();
        line.resize(2);
        assertThat(line.tryEnter()).isTrue();
    }

    private static CompletableFuture<Boolean> waiting(WaitingLine line, Cancel cancel) {
        var result = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> result.complete(line.enter(Duration.ofSeconds(20), 64, cancel)));
        return result;
    }

    @Test
    void what_was_not_shown_can_be_forgotten_and_what_was_shown_comes_in_order() {
        var heard = new RoutingBench.Heard();
        var text = new HeldBack(heard, true, Tempo.USUAL);

        text.thought("hm");
        text.piece("short", 0);
        assertThat(heard.text.toString()).isEmpty();
        text.drop();
        text.piece("another short one", 0);
        text.thought("so");
        assertThat(text.isWaiting()).isTrue();
        text.piece(", but longer now", 1);
        assertThat(text.isShown()).isTrue();
        text.end("another short one, but longer now.");

        assertThat(heard.text.toString()).isEqualTo("another short one, but longer now.");
        assertThat(heard.thoughts.toString()).isEqualTo("so");
    }

    @Test
    void a_plugin_asks_on_behalf_of_the_turn_and_hears_why_nobody_answered() {
        var asked = new AtomicReference<ModelQuestion>();
        var models = new PluginModels(
                (question, _, _) -> {
                    asked.set(question);
                    return new ModelOutcome.NotAnswered(ModelOutcome.Why.BUDGET, "desk", Used.NOTHING);
                },
                Purpose.ANSWER,
                "orders");
        var payer = new Payer("shop", "web", "", "anna", Optional.empty(), Optional.empty());
        var turn = List.of(new AiRequest.Turn(AiRequest.Role.USER, "Where?", List.of()));

        var answer = new CallNotes(payer)
                .during(() -> models.ask("support", "", turn, new RoutingBench.Heard(), Cancel.NEVER));

        assertThat(answer).isEqualTo(new ModelAnswer.Unavailable("the budget is used up: desk"));
        var payers = requireNonNull(asked.get()).payer();
        assertThat(payers.customer()).isEqualTo("anna");
        assertThat(payers.assistant()).isEqualTo("orders");
    }
}
