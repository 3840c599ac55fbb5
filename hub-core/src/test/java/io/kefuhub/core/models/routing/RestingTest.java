package io.kefuhub.core.models.routing;

import static io.kefuhub.core.models.routing.ModelServer.failing;
import static io.kefuhub.core.models.routing.ModelServer.saying;
import static io.kefuhub.core.models.routing.RoutingBench.deployment;
import static io.kefuhub.core.models.routing.RoutingBench.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.Cancel;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelOutcome.NotAnswered;
import io.kefuhub.core.models.ModelOutcome.Why;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.catalogue.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What keeps a failing provider from being asked again and again, and a slow one from keeping everybody waiting. */
class RestingTest {
    private final RoutingBench bench = new RoutingBench();

    @AfterEach
    void every_reservation_has_ended() {
        assertThat(bench.ledger.open).isEmpty();
        bench.close();
    }

    private static void withoutCustomers(RoutingBench bench) {
        bench.rules(rules -> new Rules(
                new Rules.Customers(0, 0),
                rules.usualDesk(),
                rules.desks(),
                rules.retries(),
                rules.hedge(),
                rules.bodyDays()));
    }

    /** One deployment, whose customers may ask as they like. */
    private static RoutingBench resting(Duration open, Duration look) {
        var usual = RoutingBench.PATIENT.rest();
        var rest = new Tempo.Rest(usual.window(), 10, 50, 80, usual.slow(), open, open, 2, look);
        var bench = new RoutingBench(RoutingBench.PATIENT.with(rest));
        withoutCustomers(bench);
        bench.alias("support", "a");
        return bench;
    }

    @Test
    void a_deployment_that_fails_rests_and_works_again_when_it_is_well() {
        // Long enough for a busy machine to ask once more before it is over.
        try (var other =
                resting(Duration.ofSeconds(3), RoutingBench.PATIENT.rest().look())) {
            other.server.plays("a", failing(500));

            for (var i = 0; i < 10; i++) other.ask("support");
            var asked = other.server.calls("a").size();
            assertThat(other.ask("support"))
                    .isInstanceOfSatisfying(
                            NotAnswered.class, one -> assertThat(one.why()).isEqualTo(Why.BUSY));
            assertThat(other.server.calls("a")).hasSize(asked);

            other.server.plays("a", saying("Hello."));
            Eventually.holds(() -> other.ask("support") instanceof ModelOutcome.Answered);
            assertThat(other.ask("support")).isInstanceOf(ModelOutcome.Answered.class);
            assertThat(other.ask("support")).isInstanceOf(ModelOutcome.Answered.class);
        }
    }

    @Test
    void a_provider_that_is_well_again_is_noticed_before_the_rest_is_over() {
        try (var other = resting(Duration.ofMinutes(5), Duration.ofMillis(100))) {
            other.server.plays("a", failing(500));
            other.server.plays("check", failing(503));

            for (var i = 0; i < 10; i++) other.ask("support");
            Eventually.holds(() -> other.server.calls("check").size() > 2);
            assertThat(other.ask("support")).isInstanceOf(NotAnswered.class);

            other.server.plays("a", saying("Hello."));
            other.server.plays("check", call -> call.status(200));

            Eventually.holds(() -> other.ask("support") instanceof ModelOutcome.Answered);
        }
    }

    @Test
    void of_many_who_come_when_the_rest_is_over_two_are_let_through_until_it_is_known_how_they_fare() throws Exception {
        try (var other = resting(Duration.ofMinutes(5), Duration.ofMillis(50));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            other.server.plays("a", failing(500));
            other.server.plays("check", failing(503));
            for (var i = 0; i < 10; i++) other.ask("support");
            var goOn = new CountDownLatch(1);
            other.server.calls().clear();
            other.server.plays("a", call -> {
                goOn.await();
                saying("Hello.").answer(call);
            });
            other.server.plays("check", call -> call.status(200));
            Eventually.holds(() ->
                    other.models.health().stream().allMatch(one -> one.breaker().equals("half_open")));

            var asked = IntStream.range(0, 8)
                    .mapToObj(_ -> threads.submit(() -> other.ask("support")))
                    .toList();
            Eventually.holds(() -> asked.stream().filter(Future::isDone).count() == 6
                    && other.server.calls("a").size() == 2);
            goOn.countDown();

            var outcomes = new ArrayList<ModelOutcome>();
            for (var one : asked) outcomes.add(one.get());
            assertThat(outcomes)
                    .filteredOn(ModelOutcome.Answered.class::isInstance)
                    .hasSize(2);
            assertThat(outcomes)
                    .filteredOn(one -> one instanceof NotAnswered none && none.why() == Why.BUSY)
                    .hasSize(6);
            assertThat(other.models.health())
                    .allSatisfy(one -> assertThat(one.breaker()).isEqualTo("closed"));
            for (var i = 0; i < 8; i++) assertThat(other.ask("support")).isInstanceOf(ModelOutcome.Answered.class);
        }
    }

    @Test
    void ten_failures_in_a_row_are_enough_after_any_number_of_good_answers() {
        withoutCustomers(bench);
        bench.alias("support", "a");
        bench.server.plays("a", saying("Hello."));
        for (var i = 0; i < 30; i++) bench.ask("support");
        bench.server.plays("a", failing(500));
        for (var i = 0; i < 12; i++) bench.ask("support");

        assertThat(bench.models.health())
                .singleElement()
                .satisfies(one -> assertThat(one.breaker()).isNotEqualTo("closed"));
    }

    @Test
    void what_says_that_it_is_asked_too_much_does_not_rest_for_that() {
        withoutCustomers(bench);
        bench.alias("support", "a");
        bench.server.plays("a", failing(429, "Retry-After", "0"));

        for (var i = 0; i < 15; i++) bench.ask("support");

        assertThat(bench.models.health())
                .allSatisfy(one -> assertThat(one.breaker()).isEqualTo("closed"));
    }

    @Test
    void one_call_in_ten_may_be_repeated_so_that_storms_stop_themselves() {
        withoutCustomers(bench);
        bench.alias("support", "a", "b", "c");
        for (var model : new String[] {"a", "b", "c"}) bench.server.plays(model, failing(503));

        for (var i = 0; i < 40; i++) bench.ask("support");

        // Each of the three may have one repeated whatever it was asked.
        assertThat(bench.server.calls()).hasSizeLessThanOrEqualTo(40 + 4 + 3);
    }

    @Test
    void a_repeated_call_that_works_is_no_part_of_a_storm() {
        withoutCustomers(bench);
        bench.alias("support", "a", "b");
        bench.server.plays("a", failing(503));
        bench.server.plays("b", saying("Hello."));

        for (var i = 0; i < 30; i++) assertThat(bench.ask("support")).isInstanceOf(ModelOutcome.Answered.class);
        // Ten until it rests, and perhaps one for each that came before that was known.
        assertThat(bench.server.calls("a")).hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void three_calls_are_made_for_one_question_at_most() {
        bench.rules(rules -> new Rules(
                rules.customers(),
                rules.usualDesk(),
                rules.desks(),
                new Rules.Retries(3, 100),
                rules.hedge(),
                rules.bodyDays()));
        bench.alias("support", "a", "b", "c", "d");
        for (var model : new String[] {"a", "b", "c", "d"}) bench.server.plays(model, failing(500));
        // So that there is something to have a share of.
        for (var i = 0; i < 3; i++) bench.ask("support");
        bench.server.calls().clear();

        var outcome = bench.ask("support");

        assertThat(outcome.used().attempts()).isEqualTo(3);
        assertThat(bench.server.calls()).hasSize(3);
    }

    @Test
    void a_second_one_is_asked_when_the_first_is_slow_to_begin() {
        bench.rules(rules -> new Rules(
                rules.customers(),
                new Rules.DeskRules(16, 0, 0, false),
                rules.desks(),
                rules.retries(),
                new Rules.Hedge(true, 100, 100),
                rules.bodyDays()));
        bench.keep(patient("slow", "one"), patient("fast", "two"));
        bench.only("support", Optional.empty(), "slow", "fast");
        var left = new AtomicBoolean();
        bench.server.plays("slow", call -> {
            call.hang();
            left.set(true);
        });
        bench.server.plays("fast", saying("Hello, this is the fast one."));
        var heard = new RoutingBench.Heard();

        var outcome = bench.ask(question("support"), heard, Cancel.NEVER);

        assertThat(outcome).isInstanceOf(ModelOutcome.Answered.class);
        assertThat(outcome.used().deployment()).isEqualTo("fast");
        assertThat(outcome.used().attempts()).isEqualTo(2);
        assertThat(heard.text.toString()).isEqualTo("Hello, this is the fast one.");
        Eventually.holds(left::get);
        assertThat(bench.ledger.outcomes()).containsExactlyInAnyOrder("outrun", "answered");
        assertThat(bench.ledger.settled.getFirst().billed()).isTrue();
        assertThat(outcome.used().cost()).isGreaterThan(110);
        assertThat(bench.metrics.text()).contains("\nkefuhub_model_hedges_total{deployment=\"fast\"} 1\n");
    }

    @Test
    void nobody_else_is_asked_at_the_same_account_or_when_it_is_off() {
        bench.keep(patient("slow", "one"), patient("fast", "one"));
        bench.only("support", Optional.empty(), "slow", "fast");
        bench.server.plays("slow", call -> {
            Thread.sleep(1_700);
            saying("Hello.").answer(call);
        });

        assertThat(bench.ask("support").used().deployment()).isEqualTo("slow");
        bench.rules(rules -> new Rules(
                rules.customers(),
                rules.usualDesk(),
                rules.desks(),
                rules.retries(),
                new Rules.Hedge(true, 100, 100),
                rules.bodyDays()));
        assertThat(bench.ask("support").used().deployment()).isEqualTo("slow");
        assertThat(bench.server.calls("fast")).isEmpty();
    }

    @Test
    void nobody_is_asked_twice_while_any_deployment_rests() {
        bench.rules(rules -> new Rules(
                rules.customers(),
                rules.usualDesk(),
                rules.desks(),
                rules.retries(),
                new Rules.Hedge(true, 100, 100),
                rules.bodyDays()));
        bench.keep(patient("slow", "one"), patient("fast", "two"), patient("resting", "two"));
        bench.only("support", Optional.empty(), "slow", "fast");
        bench.server.plays("slow", call -> {
            // Later than the first time, which is what it is known by.
            Thread.sleep(bench.server.calls("slow").size() == 1 ? 1_700 : 20_000);
            saying("Hello.").answer(call);
        });
        bench.server.plays("fast", saying("Hello."));
        bench.models.stations().of(patient("resting", "two")).breaker().transitionToOpenState();

        assertThat(bench.ask("support").used().deployment()).isEqualTo("slow");

        assertThat(bench.server.calls("fast")).isEmpty();
        bench.models.stations().of(patient("resting", "two")).breaker().transitionToClosedState();
        assertThat(bench.ask("support").used().deployment()).isEqualTo("fast");
    }

    private static Deployment patient(String key, String instance) {
        var one = deployment(key);
        var long_ = Optional.of(Duration.ofSeconds(30));
        return new Deployment(
                key,
                "",
                instance,
                key,
                one.traits(),
                new Deployment.Limits(32, 0, 0, new Deployment.Patience(long_, long_, long_)),
                one.billing(),
                true,
                Optional.empty(),
                Optional.empty());
    }
}
