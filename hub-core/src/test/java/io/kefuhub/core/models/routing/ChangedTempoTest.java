package io.kefuhub.core.models.routing;

import static io.kefuhub.core.models.routing.ModelServer.failing;
import static io.kefuhub.core.models.routing.ModelServer.saying;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelOutcome.NotAnswered;
import io.kefuhub.core.models.ModelOutcome.Why;
import io.kefuhub.core.models.catalogue.Rules;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tempo is changed while questions are under way. */
class ChangedTempoTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private volatile Tempo tempo = RoutingBench.PATIENT;
    private final RoutingBench bench = new RoutingBench(() -> tempo);

    @BeforeEach
    void oneDeployment() {
        bench.rules(rules -> new Rules(
                new Rules.Customers(0, 0),
                rules.usualDesk(),
                rules.desks(),
                new Rules.Retries(1, 100),
                rules.hedge(),
                rules.bodyDays()));
        bench.alias("support", "a");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_call_that_began_with_little_time_gets_no_more_of_it() throws Exception {
        var goesOn = new CompletableFuture<Boolean>();
        bench.server.plays("a", _ -> goesOn.join());
        tempo = RoutingBench.QUICK;
        var slow = CompletableFuture.supplyAsync(() -> bench.ask("support"));
        Eventually.holds(() -> !bench.server.calls("a").isEmpty());

        tempo = RoutingBench.PATIENT;

        assertThat(slow.get(20, TimeUnit.SECONDS)).isInstanceOf(NotAnswered.class);
        goesOn.complete(true);
    }

    @Test
    void a_call_that_is_under_way_goes_on_and_the_next_one_has_less_time() throws Exception {
        var goesOn = new CompletableFuture<Boolean>();
        bench.server.plays("a", call -> {
            goesOn.join();
            call.line("t:Hello.");
            call.line("end");
        });
        var slow = CompletableFuture.supplyAsync(() -> bench.ask("support"));
        Eventually.holds(() -> !bench.server.calls("a").isEmpty());

        tempo = RoutingBench.QUICK;
        var next = bench.ask("support");

        assertThat(next).isInstanceOf(NotAnswered.class);
        assertThat(slow).isNotDone();
        goesOn.complete(true);
        assertThat(slow.get(20, TimeUnit.SECONDS)).isInstanceOf(ModelOutcome.Answered.class);
    }

    @Test
    void so_many_failures_as_are_now_too_many_give_a_rest_and_one_that_rests_goes_on_resting() {
        bench.server.plays("a", failing(500));
        for (var i = 0; i < 3; i++) bench.ask("support");
        var asked = bench.server.calls("a").size();

        tempo = RoutingBench.PATIENT.with(rest(2, MINUTE));
        bench.ask("support");
        bench.ask("support");
        assertThat(bench.server.calls("a")).hasSize(asked + 2);
        assertThat(busy()).isTrue();

        tempo = RoutingBench.PATIENT.with(rest(50, MINUTE.multipliedBy(2)));
        assertThat(busy()).isTrue();
        assertThat(bench.server.calls("a")).hasSize(asked + 2);
    }

    @Test
    void a_deployment_that_is_judged_otherwise_begins_to_be_judged_anew() {
        tempo = RoutingBench.PATIENT.with(rest(4, MINUTE));
        bench.server.plays("a", failing(500));
        for (var i = 0; i < 3; i++) bench.ask("support");

        tempo = RoutingBench.PATIENT.with(rest(3, MINUTE));
        bench.ask("support");
        bench.ask("support");
        bench.server.plays("a", saying("Hello."));

        assertThat(bench.ask("support")).isInstanceOf(ModelOutcome.Answered.class);
    }

    private boolean busy() {
        return bench.ask("support") instanceof NotAnswered one && one.why() == Why.BUSY;
    }

    private static Tempo.Rest rest(int calls, Duration open) {
        var usual = RoutingBench.PATIENT.rest();
        return new Tempo.Rest(usual.window(), calls, 50, 80, usual.slow(), open, open, 2, usual.look());
    }
}
