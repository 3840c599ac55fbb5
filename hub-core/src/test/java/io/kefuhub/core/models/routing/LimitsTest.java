package io.kefuhub.core.models.routing;

import static io.kefuhub.core.models.routing.ModelServer.saying;
import static io.kefuhub.core.models.routing.RoutingBench.deployment;
import static io.kefuhub.core.models.routing.RoutingBench.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.StoredFile;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelOutcome.NotAnswered;
import io.kefuhub.core.models.ModelOutcome.Why;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.catalogue.Rules;
import io.kefuhub.core.models.money.Reserving;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may ask how much: limits, budgets and where questions may go. */
class LimitsTest {
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

    private static String by(ModelOutcome outcome) {
        assertThat(outcome).isInstanceOf(ModelOutcome.Answered.class);
        return outcome.used().deployment();
    }

    private static Deployment limited(String key, int concurrency, int requests, int tokens) {
        var one = deployment(key);
        return new Deployment(
                key,
                "",
                one.instance(),
                one.model(),
                one.traits(),
                new Deployment.Limits(concurrency, requests, tokens, Deployment.Patience.USUAL),
                one.billing(),
                true,
                Optional.empty(),
                Optional.empty());
    }

    private static Deployment with(String key, Deployment.Traits traits) {
        var one = deployment(key);
        return new Deployment(
                key,
                "",
                one.instance(),
                one.model(),
                traits,
                one.limits(),
                one.billing(),
                true,
                Optional.empty(),
                Optional.empty());
    }

    private static ModelQuestion of(String alias, String desk, String customer, Purpose purpose) {
        var usual = question(alias);
        return new ModelQuestion(
                alias,
                purpose,
                new Payer(desk, "web", "ai", customer, Optional.empty(), Optional.empty()),
                usual.system(),
                usual.messages(),
                usual.maxTokens(),
                usual.temperature(),
                usual.stream(),
                usual.options(),
                usual.firstText(),
                usual.end());
    }

    private ModelOutcome ask(ModelQuestion question) {
        return bench.ask(question, new RoutingBench.Heard(), Cancel.NEVER);
    }

    @Test
    void a_picture_goes_to_those_that_see_it_first_and_others_are_told_that_there_is_one() {
        bench.keep(deployment("blind"), with("seeing", new Deployment.Traits(8_000, 2_000, true, false, false, 1)));
        bench.only("support", Optional.empty(), "blind", "seeing");
        bench.only("words", Optional.empty(), "blind");
        bench.server.plays("blind", saying("Hello."));
        bench.server.plays("seeing", saying("Hello."));
        var usual = question("support");
        var picture = new StoredFile("1", "a.png", "image/png", 10);
        var turns = List.of(new AiRequest.Turn(AiRequest.Role.USER, "What is this?", List.of(picture)));

        assertThat(by(ask(usual.with(usual.system(), turns)))).isEqualTo("seeing");
        var words = question("words");
        assertThat(by(ask(words.with(words.system(), turns)))).isEqualTo("blind");

        assertThat(bench.server.calls("seeing").getFirst().body).endsWith("What is this?");
        assertThat(bench.server.calls("blind").getFirst().body).endsWith("What is this?\n[picture]");
    }

    @Test
    void what_was_given_back_before_it_was_sent_is_not_sent_and_the_turn_ends() {
        bench.alias("support", "a");
        bench.server.plays("a", saying("Hello."));
        bench.ledger.sweeps = true;

        assertThat(why(bench.ask("support"))).isEqualTo(Why.DEADLINE);

        assertThat(bench.server.calls()).isEmpty();
        bench.ledger.sweeps = false;
        assertThat(by(bench.ask("support"))).as("its place is free again").isEqualTo("a");
    }

    @Test
    void who_is_refused_is_told_after_how_long_it_may_be_otherwise() {
        bench.keep(limited("a", 8, 1, 0), limited("b", 8, 0, 3_000));
        bench.only("requests", Optional.empty(), "a");
        bench.only("tokens", Optional.empty(), "b");
        bench.server.plays("a", saying("Hello."));
        bench.server.plays("b", call -> {
            call.line("t:Hello.");
            call.line("u:2000,900");
            call.line("end");
        });

        bench.ask("requests");
        assertThat(again(bench.ask("requests"))).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1));
        bench.ask("tokens");
        assertThat(again(bench.ask("tokens"))).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1));
    }

    @Test
    void a_pause_that_a_provider_wishes_for_is_told_at_once_and_for_as_long_as_it_lasts() {
        bench.alias("support", "a");
        bench.server.plays("a", ModelServer.failing(429, "Retry-After", "77"));

        assertThat(again(bench.ask("support"))).isBetween(Duration.ofSeconds(70), Duration.ofSeconds(77));
        assertThat(why(bench.ask("support"))).isEqualTo(Why.BUSY);
        assertThat(again(bench.ask("support"))).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(77));
        assertThat(bench.server.calls()).hasSize(1);
    }

    private static Duration again(ModelOutcome outcome) {
        assertThat(outcome).isInstanceOf(NotAnswered.class);
        return ((NotAnswered) outcome).again().orElseThrow();
    }

    @Test
    void a_full_deployment_is_waited_for_a_moment_and_then_it_is_told() throws Exception {
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = fill(bench, goOn, threads);

            var start = System.nanoTime();
            assertThat(why(bench.ask("support"))).isEqualTo(Why.BUSY);
            assertThat(System.nanoTime() - start).isGreaterThan(290_000_000L);

            goOn.countDown();
            assertThat(by(first.get())).isEqualTo("a");
        }
    }

    @Test
    void who_waits_for_a_full_deployment_gets_the_place_that_becomes_free() throws Exception {
        var goOn = new CountDownLatch(1);
        try (var patient = new RoutingBench(RoutingBench.waiting(Duration.ofSeconds(10)));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = fill(patient, goOn, threads);

            var waiting = CompletableFuture.supplyAsync(() -> patient.ask("support"), threads);
            goOn.countDown();

            assertThat(by(first.get())).isEqualTo("a");
            assertThat(by(waiting.get())).isEqualTo("a");
        }
    }

    /** Has somebody take the only place, until they may go on. */
    private static CompletableFuture<ModelOutcome> fill(RoutingBench bench, CountDownLatch goOn, Executor threads) {
        bench.keep(limited("a", 1, 0, 0));
        bench.only("support", Optional.empty(), "a");
        bench.server.plays("a", call -> {
            call.line("t:Hello, this is a long beginning");
            do call.line("t:.");
            while (!goOn.await(20, TimeUnit.MILLISECONDS));
            saying("!").answer(call);
        });
        var first = CompletableFuture.supplyAsync(() -> bench.ask("support"), threads);
        Eventually.holds(() -> bench.server.calls().size() == 1);
        return first;
    }

    @Test
    void a_desk_may_ask_so_much_at_once() throws Exception {
        bench.alias("support", "a");
        bench.rules(rules -> new Rules(
                rules.customers(),
                rules.usualDesk(),
                Map.of("one", new Rules.DeskRules(1, 0, 0, false)),
                rules.retries(),
                rules.hedge(),
                rules.bodyDays()));
        bench.server.plays("a", ModelServer.Call::hang);
        var stop = new Stop();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = CompletableFuture.supplyAsync(
                    () -> bench.ask(of("support", "one", "anna", Purpose.ANSWER), new RoutingBench.Heard(), stop),
                    threads);
            Eventually.holds(() -> bench.server.calls().size() == 1);

            assertThat(why(ask(of("support", "one", "bert", Purpose.ANSWER)))).isEqualTo(Why.BUSY);
            bench.server.plays("a", saying("Hello."));
            assertThat(by(ask(of("support", "two", "carl", Purpose.ANSWER)))).isEqualTo("a");
            stop.request();
            assertThat(first.get()).isNotInstanceOf(ModelOutcome.Answered.class);
        }
    }

    @Test
    void tokens_are_taken_for_the_worst_case_and_given_back() {
        bench.keep(limited("a", 32, 0, 1_000));
        bench.only("support", Optional.empty(), "a");
        bench.server.plays("a", saying("Hello."));

        // One takes more than half for its worst case, and uses 110 of it.
        for (var i = 0; i < 5; i++)
            assertThat(by(ask(of("support", "d", "c" + i, Purpose.ANSWER)))).isEqualTo("a");
        assertThat(why(ask(of("support", "d", "c", Purpose.ANSWER)))).isEqualTo(Why.LIMIT);
    }

    @Test
    void a_question_that_is_larger_than_the_bucket_takes_a_full_one() {
        bench.keep(limited("a", 32, 0, 300));
        bench.only("support", Optional.empty(), "a");
        bench.server.plays("a", saying("Hello."));

        assertThat(by(bench.ask("support"))).isEqualTo("a");
    }

    @Test
    void requests_in_a_minute_are_limited_and_the_next_deployment_takes_over() {
        bench.keep(limited("a", 32, 2, 0), deployment("b"));
        bench.only("support", Optional.empty(), "a", "b");
        bench.server.plays("a", saying("Hello."));
        bench.server.plays("b", saying("Hello."));

        var by = new ArrayList<String>();
        for (var i = 0; i < 3; i++) by.add(by(bench.ask("support")));
        assertThat(by).containsExactly("a", "a", "b");

        assertThat(bench.ledger.outcomes()).containsExactly("answered", "answered", "unsent", "answered");
    }

    @Test
    void a_customer_may_ask_six_times_in_half_a_minute_and_others_are_not_touched() {
        bench.alias("support", "a");
        bench.server.plays("a", saying("Hello."));

        for (var i = 0; i < 6; i++) assertThat(by(bench.ask("support"))).isEqualTo("a");
        assertThat(why(bench.ask("support"))).isEqualTo(Why.LIMIT);
        assertThat(by(ask(of("support", "service", "bert", Purpose.ANSWER)))).isEqualTo("a");
        assertThat(by(ask(of("support", "service", "anna", Purpose.SUMMARY)))).isEqualTo("a");
        assertThat(bench.ledger.outcomes()).contains("unsent");
    }

    @Test
    void a_customer_may_ask_so_often_in_an_hour() {
        bench.alias("support", "a");
        bench.rules(rules -> new Rules(
                new Rules.Customers(0, 3),
                rules.usualDesk(),
                rules.desks(),
                rules.retries(),
                rules.hedge(),
                rules.bodyDays()));
        bench.server.plays("a", saying("Hello."));

        for (var i = 0; i < 3; i++) assertThat(by(bench.ask("support"))).isEqualTo("a");
        var refused = bench.ask("support");

        assertThat(why(refused)).isEqualTo(Why.LIMIT);
        assertThat(again(refused)).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
        assertThat(by(ask(of("support", "service", "bert", Purpose.ANSWER)))).isEqualTo("a");
    }

    @Test
    void a_desk_may_ask_so_often_in_a_minute_and_no_other_deployment_takes_over() {
        bench.alias("support", "a", "b");
        desk(new Rules.DeskRules(16, 2, 0, false));
        bench.server.plays("a", saying("Hello."));
        bench.server.plays("b", saying("Hello."));

        for (var i = 0; i < 2; i++)
            assertThat(by(ask(of("support", "one", "c" + i, Purpose.ANSWER)))).isEqualTo("a");
        var refused = ask(of("support", "one", "c", Purpose.ANSWER));

        assertThat(why(refused)).isEqualTo(Why.LIMIT);
        assertThat(again(refused)).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1));
        assertThat(by(ask(of("support", "two", "c", Purpose.ANSWER)))).isEqualTo("a");
        assertThat(bench.server.calls("b")).isEmpty();
    }

    @Test
    void a_desk_may_use_so_many_tokens_in_a_minute_and_gets_back_what_it_did_not_use() {
        bench.alias("support", "a");
        desk(new Rules.DeskRules(16, 0, 1_000, false));
        bench.server.plays("a", saying("Hello."));

        // One takes more than half for its worst case, and uses 110 of it.
        for (var i = 0; i < 5; i++)
            assertThat(by(ask(of("support", "one", "c" + i, Purpose.ANSWER)))).isEqualTo("a");
        assertThat(why(ask(of("support", "one", "c", Purpose.ANSWER)))).isEqualTo(Why.LIMIT);
        assertThat(by(ask(of("support", "two", "c", Purpose.ANSWER)))).isEqualTo("a");
    }

    /** What the desk {@code one} may. */
    private void desk(Rules.DeskRules its) {
        bench.rules(rules -> new Rules(
                rules.customers(),
                rules.usualDesk(),
                Map.of("one", its),
                rules.retries(),
                rules.hedge(),
                rules.bodyDays()));
    }

    @Test
    void a_desk_that_keeps_to_itself_reaches_no_other_deployment() {
        var local = deployment("b").traits();
        bench.keep(
                deployment("a"),
                with("b", new Deployment.Traits(local.window(), local.maxOutput(), false, false, true, 1)));
        bench.only("support", Optional.empty(), "a", "b");
        bench.only("outside", Optional.empty(), "a");
        bench.rules(rules -> new Rules(
                rules.customers(),
                rules.usualDesk(),
                Map.of("law", new Rules.DeskRules(16, 0, 0, true)),
                rules.retries(),
                rules.hedge(),
                rules.bodyDays()));
        bench.server.plays("a", saying("Hello."));
        bench.server.plays("b", saying("Hello."));

        assertThat(by(ask(of("support", "law", "anna", Purpose.ANSWER)))).isEqualTo("b");
        assertThat(why(ask(of("outside", "law", "anna", Purpose.ANSWER)))).isEqualTo(Why.NO_MODEL);
        assertThat(by(ask(of("support", "shop", "anna", Purpose.ANSWER)))).isEqualTo("a");
        assertThat(bench.server.calls("a")).hasSize(1);

        assertThat(by(ask(of("support", "", "", Purpose.ANSWER))))
                .as("for no desk, so that it may be of any")
                .isEqualTo("b");
        assertThat(by(ask(of("support", "", "", Purpose.TEST)))).isEqualTo("a");
    }

    @Test
    void what_does_not_fit_the_budget_goes_to_the_cheaper_one_or_is_told() {
        bench.keep(deployment("dear"), deployment("next"), deployment("cheap"));
        bench.only("support", Optional.of("cheap"), "dear", "next", "cheap");
        bench.server.plays("cheap", saying("Hello."));
        bench.ledger.rule = worst ->
                worst.deployment().equals("cheap") ? new Reserving.Reserved(1, false) : new Reserving.Short("desk", 10);

        assertThat(by(bench.ask("support"))).isEqualTo("cheap");

        bench.ledger.rule = _ -> new Reserving.Short("desk", 10);
        assertThat(why(bench.ask("support"))).isEqualTo(Why.BUDGET);
        assertThat(bench.server.calls()).hasSize(1);
    }

    @Test
    void a_budget_that_is_nearly_used_asks_the_cheaper_one_from_then_on() {
        bench.keep(deployment("dear"), deployment("cheap"));
        bench.only("support", Optional.of("cheap"), "dear", "cheap");
        bench.server.plays("cheap", saying("Hello."));
        bench.ledger.rule = _ -> new Reserving.Reserved(1, true);

        var first = bench.ask("support");
        assertThat(by(first)).isEqualTo("cheap");
        assertThat(first.used().firstChoice()).isFalse();
        assertThat(by(bench.ask("support"))).isEqualTo("cheap");

        // The second one did not even ask for the dear one's money.
        assertThat(bench.ledger.outcomes()).containsExactly("unsent", "answered", "answered");
    }

    @Test
    void books_that_cannot_be_written_stop_everything_and_a_model_without_a_price_is_passed_over() {
        bench.alias("support", "a", "b");
        bench.server.plays("b", saying("Hello."));
        bench.ledger.rule =
                worst -> worst.deployment().equals("a") ? new Reserving.Unpriced() : new Reserving.Reserved(1, false);
        assertThat(by(bench.ask("support"))).isEqualTo("b");

        bench.ledger.rule = _ -> new Reserving.Away();
        assertThat(why(bench.ask("support"))).isEqualTo(Why.DATABASE_AWAY);
    }

    @Test
    void a_question_that_fits_no_window_is_told_before_anybody_is_asked() {
        bench.keep(with("small", new Deployment.Traits(256, 100, false, false, false, 1)), deployment("large"));
        bench.only("both", Optional.empty(), "small", "large");
        bench.only("one", Optional.empty(), "small");
        bench.server.plays("large", saying("Hello."));
        var usual = question("both");
        var long_ = new AiRequest.Turn(AiRequest.Role.USER, "包裹".repeat(300), List.of());

        assertThat(by(ask(asking(usual, "both", long_)))).isEqualTo("large");
        assertThat(ask(asking(usual, "one", long_))).isInstanceOf(ModelOutcome.TooLong.class);
        assertThat(bench.server.calls("small")).isEmpty();
    }

    private static ModelQuestion asking(ModelQuestion usual, String alias, AiRequest.Turn turn) {
        return ModelQuestion.of(alias, usual.purpose(), usual.payer(), "", List.of(turn));
    }

    @Test
    void neighbours_with_one_model_share_by_weight_and_others_come_in_order() {
        var traits = deployment("a").traits();
        bench.keep(
                twin("a1", new Deployment.Traits(traits.window(), traits.maxOutput(), false, false, false, 3)),
                twin("a2", new Deployment.Traits(traits.window(), traits.maxOutput(), false, false, false, 1)),
                deployment("b"));
        bench.only("support", Optional.empty(), "a1", "a2", "b");
        bench.server.plays("twin", saying("Hello."));

        var ones = 0;
        for (var i = 0; i < 80; i++) {
            var outcome = ask(of("support", "d", "c" + i, Purpose.ANSWER));
            if (by(outcome).equals("a1")) ones++;
            assertThat(outcome.used().firstChoice()).isTrue();
        }
        assertThat(ones).isBetween(40, 78);
    }

    private static Deployment twin(String key, Deployment.Traits traits) {
        var one = with(key, traits);
        return new Deployment(
                key,
                "",
                one.instance(),
                "twin",
                traits,
                one.limits(),
                one.billing(),
                true,
                Optional.empty(),
                Optional.empty());
    }
}
