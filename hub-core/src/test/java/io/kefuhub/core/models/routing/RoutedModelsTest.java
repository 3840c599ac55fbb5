package io.kefuhub.core.models.routing;

import static io.kefuhub.core.models.routing.ModelServer.failing;
import static io.kefuhub.core.models.routing.ModelServer.saying;
import static io.kefuhub.core.models.routing.RoutingBench.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelOutcome.NotAnswered;
import io.kefuhub.core.models.ModelOutcome.Why;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.money.Settlement;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way of a question through deployments that work, fail and hang. */
class RoutedModelsTest {
    private final RoutingBench bench = new RoutingBench();

    @AfterEach
    void every_reservation_has_ended() {
        assertThat(bench.ledger.open).isEmpty();
        bench.close();
    }

    private static Why why(ModelOutcome outcome) {
        assertThat(outcome).isInstanceOf(NotAnswered.class);
        return ((NotAnswered) outcome).why();
    }

    private static ModelOutcome.Answered answered(ModelOutcome outcome) {
        assertThat(outcome).isInstanceOf(ModelOutcome.Answered.class);
        return (ModelOutcome.Answered) outcome;
    }

    @Test
    void an_answer_comes_through_in_pieces_and_is_in_the_books() {
        bench.alias("support", "a");
        bench.server.plays("a", saying("Your parcel is ", "on its way to you."));
        var heard = new RoutingBench.Heard();

        var answer = answered(bench.ask(question("support"), heard, Cancel.NEVER));

        assertThat(answer.text()).isEqualTo("Your parcel is on its way to you.").isEqualTo(heard.text.toString());
        assertThat(answer.finish()).isEqualTo(AiReply.Finish.STOP);
        assertThat(answer.used().deployment()).isEqualTo("a");
        assertThat(answer.used().firstChoice()).isTrue();
        assertThat(answer.used().cost()).isEqualTo(110);
        assertThat(answer.used().firstContent()).isPositive();
        assertThat(bench.ledger.dispatched).hasSize(1);
        assertThat(bench.ledger.settled).singleElement().satisfies(one -> {
            assertThat(one.outcome()).isEqualTo("answered");
            assertThat(one.usage().reported()).isTrue();
        });
    }

    @Test
    void what_was_asked_stands_in_the_notes_of_the_turn() {
        bench.alias("support", "a");
        bench.server.plays("a", saying("Hello."));
        var notes = new CallNotes(Payer.apart("service", "ai"));

        var outcome = notes.during(() -> bench.ask("support"));

        assertThat(notes.all()).singleElement().satisfies(note -> {
            assertThat(note.alias()).isEqualTo("support");
            assertThat(note.outcome()).isEqualTo(outcome);
        });
    }

    @Test
    void an_alias_that_is_not_there_is_told() {
        assertThat(why(bench.ask("nobody"))).isEqualTo(Why.NO_MODEL);
    }

    @Test
    void another_deployment_answers_for_one_that_fails() {
        bench.alias("support", "a", "b");
        bench.server.plays("a", failing(500));
        bench.server.plays("b", saying("Hello."));

        var answer = answered(bench.ask("support"));

        assertThat(answer.used().deployment()).isEqualTo("b");
        assertThat(answer.used().firstChoice()).isFalse();
        assertThat(answer.used().attempts()).isEqualTo(2);
        assertThat(bench.ledger.outcomes()).containsExactly("broken", "answered");
        assertThat(bench.ledger.settled.getFirst().billed()).isFalse();
    }

    @Test
    void what_breaks_before_anything_was_shown_is_repeated_unseen() {
        bench.alias("support", "a", "b");
        bench.server.plays("a", call -> call.line("t:Your"));
        bench.server.plays("b", saying("Your parcel is at the post office."));
        var heard = new RoutingBench.Heard();

        answered(bench.ask(question("support"), heard, Cancel.NEVER));

        assertThat(heard.text.toString()).isEqualTo("Your parcel is at the post office.");
        assertThat(bench.ledger.settled.getFirst())
                .extracting(Settlement::billed, one -> one.usage().reported())
                .containsExactly(true, false);
    }

    @Test
    void nobody_goes_on_where_something_was_shown() {
        bench.alias("support", "a", "b");
        bench.server.plays("a", call -> call.line("t:Your parcel left Hamburg on Monday and"));
        bench.server.plays("b", saying("Hello."));
        var heard = new RoutingBench.Heard();

        var outcome = bench.ask(question("support"), heard, Cancel.NEVER);

        assertThat(outcome).isInstanceOf(ModelOutcome.Partial.class);
        assertThat(((ModelOutcome.Partial) outcome).textSoFar())
                .isEqualTo("Your parcel left Hamburg on Monday and")
                .isEqualTo(heard.text.toString());
        assertThat(bench.server.calls("b")).isEmpty();
    }

    @Test
    void signs_of_life_are_no_text() {
        bench.keep(RoutingBench.waitedFor("a", Duration.ofMillis(800)), RoutingBench.deployment("b"));
        bench.only("support", Optional.empty(), "a", "b");
        bench.server.plays("a", ModelServer.Call::hang);
        bench.server.plays("b", saying("Hello."));

        var answer = answered(bench.ask("support"));

        assertThat(answer.used().deployment()).isEqualTo("b");
        assertThat(bench.ledger.settled.getFirst()).satisfies(one -> {
            assertThat(one.outcome()).isEqualTo("timed-out");
            assertThat(one.billed()).isTrue();
            assertThat(one.usage().input()).isPositive();
            assertThat(one.usage().output()).isZero();
        });
    }

    @Test
    void an_answer_that_is_not_streamed_has_one_deadline_for_all_of_it() {
        bench.keep(
                RoutingBench.waitedFor(
                        "a",
                        new Deployment.Patience(
                                Optional.of(Duration.ofMillis(20)),
                                Optional.of(Duration.ofMillis(20)),
                                Optional.of(Duration.ofMillis(400)))),
                RoutingBench.deployment("b"));
        bench.only("support", Optional.empty(), "a", "b");
        bench.server.plays("a", ModelServer.Call::hang);
        bench.server.plays("b", saying("Hello."));

        var answer = answered(bench.ask(RoutingBench.atOnce("support"), new RoutingBench.Heard(), Cancel.NEVER));

        assertThat(answer.used().deployment()).isEqualTo("b");
        assertThat(bench.ledger.settled.getFirst())
                .extracting(Settlement::outcome, Settlement::detail)
                .containsExactly("timed-out", "no whole answer in time");
    }

    @Test
    void whoever_thinks_may_take_longer() {
        bench.keep(RoutingBench.waitedFor("a", Duration.ofSeconds(2)));
        bench.only("support", Optional.empty(), "a");
        bench.server.plays("a", call -> {
            for (var i = 0; i < 12; i++) {
                call.line("r:hm");
                Thread.sleep(200);
            }
            saying("Forty-two.").answer(call);
        });
        var heard = new RoutingBench.Heard();

        assertThat(answered(bench.ask(question("support"), heard, Cancel.NEVER)).text())
                .isEqualTo("Forty-two.");
        assertThat(heard.thoughts.toString()).isEqualTo("hm".repeat(12));
    }

    @Test
    void a_cancel_reaches_the_server_within_half_a_second() throws Exception {
        bench.alias("support", "a");
        bench.server.plays("a", ModelServer.Call::hang);
        var took = Duration.ofDays(1);
        // A busy machine may hold one up.
        for (var tries = 0; tries < 3 && took.toMillis() >= 500; tries++) took = cancelled();
        assertThat(took).isLessThan(Duration.ofMillis(500));
        assertThat(bench.ledger.outcomes()).containsOnly("cancelled");
    }

    @Test
    void a_call_that_ends_at_once_when_it_is_cancelled_did_not_break() throws Exception {
        bench.alias("support", "a");
        var asked = new java.util.concurrent.CountDownLatch(1);
        bench.contributions.replace(Slot.<AiProvider>of(Kind.AI_PROVIDER, "one", (_, _, cancel) -> {
            var stopped = new java.util.concurrent.CountDownLatch(1);
            cancel.onRequest(() -> {
                stopped.countDown();
                // Whoever cancels goes on when the call is in the books already.
                io.kefuhub.core.database.Eventually.holds(
                        () -> !bench.ledger.outcomes().isEmpty());
            });
            asked.countDown();
            await(stopped);
            return new AiReply.Cancelled("", Usage.UNKNOWN, true);
        }));
        var stop = new Stop();
        var asking = java.util.concurrent.CompletableFuture.supplyAsync(
                () -> bench.ask(question("support"), new RoutingBench.Heard(), stop));
        asked.await();
        stop.request();

        assertThat(asking.get()).isInstanceOf(ModelOutcome.Cancelled.class);
        assertThat(bench.ledger.outcomes()).containsExactly("cancelled");
    }

    private static void await(java.util.concurrent.CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How long a call goes on at the server after it was cancelled. */
    private Duration cancelled() throws Exception {
        bench.server.calls().clear();
        var stop = new Stop();
        var asking = java.util.concurrent.CompletableFuture.supplyAsync(
                () -> bench.ask(question("support"), new RoutingBench.Heard(), stop));
        io.kefuhub.core.database.Eventually.holds(() -> !bench.server.calls().isEmpty());
        var start = System.nanoTime();
        stop.request();
        assertThat(bench.server.calls().getFirst().left.await(20, java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        var took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(asking.get()).isInstanceOf(ModelOutcome.Cancelled.class);
        return took;
    }

    @Test
    void a_short_pause_is_waited_for_and_a_long_one_is_gone_round() {
        bench.alias("short", "a");
        bench.alias("long", "c", "d");
        var first = new java.util.concurrent.atomic.AtomicBoolean(true);
        bench.server.plays("a", call -> {
            if (first.getAndSet(false)) failing(429, "Retry-After", "0.2").answer(call);
            else saying("Hello.").answer(call);
        });
        bench.server.plays("c", failing(429, "Retry-After", "30"));
        bench.server.plays("d", saying("Hello."));

        answered(bench.ask("short"));
        assertThat(bench.server.calls("a")).hasSize(2);
        assertThat(bench.server.calls("a").get(1).at - bench.server.calls("a").get(0).at)
                .isGreaterThan(190_000_000L);

        assertThat(answered(bench.ask("long")).used().deployment()).isEqualTo("d");
        answered(bench.ask("long"));
        assertThat(bench.server.calls("c")).hasSize(1);
    }

    @Test
    void refused_credentials_switch_a_deployment_off_until_it_is_set_up_otherwise() {
        bench.alias("support", "a", "b");
        bench.server.plays("a", failing(401));
        bench.server.plays("b", saying("Hello."));

        answered(bench.ask("support"));
        answered(bench.ask("support"));

        assertThat(bench.server.calls("a")).hasSize(1);
        assertThat(bench.keeper.now().deployment("a").orElseThrow().off()).isPresent();
        bench.server.plays("a", saying("Here again."));
        bench.keep(RoutingBench.deployment("a"));
        assertThat(answered(bench.ask("support")).used().deployment()).isEqualTo("a");
    }

    @Test
    void what_a_provider_withholds_is_asked_of_nobody_else() {
        bench.alias("support", "a", "b");
        bench.server.plays("a", failing(451));

        assertThat(bench.ask("support")).isInstanceOf(ModelOutcome.Withheld.class);
        assertThat(bench.server.calls()).hasSize(1);
    }

    @Test
    void a_question_that_is_wrong_is_not_repeated_and_one_that_is_too_long_is_told() {
        bench.alias("wrong", "a", "b");
        bench.alias("long", "c");
        bench.server.plays("a", failing(400));
        bench.server.plays("c", failing(413));

        assertThat(why(bench.ask("wrong"))).isEqualTo(Why.FAILED);
        assertThat(bench.ask("long")).isInstanceOf(ModelOutcome.TooLong.class);
        assertThat(bench.server.calls()).extracting(call -> call.model).containsExactly("a", "c");
    }

    @Test
    void an_answer_that_does_not_fit_the_budget_is_shorter() {
        bench.alias("support", "a");
        bench.server.plays("a", saying("Hello."));
        bench.ledger.rule = worst -> worst.outputTokens() <= 100
                ? new io.kefuhub.core.models.money.Reserving.Reserved(1, false)
                : new io.kefuhub.core.models.money.Reserving.Short("desk", 100);

        answered(bench.ask("support"));

        assertThat(bench.server.calls().getFirst().body).startsWith("100\n");
    }
}
