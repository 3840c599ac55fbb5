package io.kefuhub.core.models.routing;

import static io.kefuhub.core.models.routing.ModelServer.saying;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.answering.ai.Assistants;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.catalogue.Rules;
import io.kefuhub.core.telemetry.Stalls;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for a place at a deployment whose places are all taken, how long, and what they get instead. */
class FullLineTest {
    private static final Map<String, String> SETTINGS =
            Map.of("alias", "support", "cheaper-alias", "", "cache", "false");
    private static final String QUESTION = "运费由谁承担，退货的时候";
    private static final int WAITING = 64;
    private static final Duration USUAL = Duration.ofSeconds(2);

    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void letAllGo() {
        goOn.countDown();
    }

    @Test
    void sixty_four_wait_and_the_next_one_goes_down_the_ladder_at_once() throws Exception {
        try (var bench = new RoutingBench(RoutingBench.waiting(Duration.ofMinutes(1)));
                var assistants = new Assistants(bench.models)) {
            Queue<String> rungs = new ConcurrentLinkedQueue<>();
            ask(assistants);
            fill(bench);
            var first = asks(assistants, rungs);
            Eventually.holds(() -> !bench.server.calls("a").isEmpty());
            var line = IntStream.range(0, WAITING)
                    .mapToObj(_ -> asks(assistants, rungs))
                    .toList();
            // Whoever waits for a minute waits for nothing else.
            Eventually.holds(() -> line.stream().allMatch(one -> one.getState() == Thread.State.TIMED_WAITING));

            var began = Stalls.now();
            assertThat(ask(assistants)).isEqualTo("extract");
            assertThat(Stalls.since(began)).isLessThan(Duration.ofSeconds(5));
            assertThat(line).allMatch(Thread::isAlive);
            assertThat(bench.server.calls("a")).hasSize(1);

            goOn.countDown();
            first.join();
            for (var one : line) one.join();
            assertThat(rungs).hasSize(WAITING + 1).containsOnly("full");
            assertThat(bench.server.calls("a")).hasSize(WAITING + 1);
        }
    }

    @Test
    void nobody_waits_for_longer_than_two_seconds_and_then_goes_down_the_ladder() throws Exception {
        assertThat(Tempo.USUAL.line()).isEqualTo(USUAL);
        try (var bench = new RoutingBench(RoutingBench.waiting(Tempo.USUAL.line()));
                var assistants = new Assistants(bench.models)) {
            Queue<String> rungs = new ConcurrentLinkedQueue<>();
            ask(assistants);
            fill(bench);
            var first = asks(assistants, rungs);
            Eventually.holds(() -> !bench.server.calls("a").isEmpty());

            var began = Stalls.now();
            var rung = ask(assistants);
            var waited = Duration.ofNanos(System.nanoTime() - began);

            assertThat(rung).isEqualTo("extract");
            assertThat(waited).isGreaterThanOrEqualTo(USUAL);
            assertThat(Stalls.between(began, began + waited.toNanos())).isLessThan(USUAL.plusMillis(1_500));
            assertThat(bench.server.calls("a")).hasSize(1);
            goOn.countDown();
            first.join();
            assertThat(rungs).containsExactly("full");
        }
    }

    /** One deployment with one place. */
    private void fill(RoutingBench bench) {
        bench.rules(rules -> new Rules(
                new Rules.Customers(0, 0),
                new Rules.DeskRules(1_000, 0, 0, false),
                rules.desks(),
                rules.retries(),
                rules.hedge(),
                rules.bodyDays()));
        var one = RoutingBench.deployment("a");
        bench.keep(new Deployment(
                one.key(),
                "",
                one.instance(),
                one.model(),
                one.traits(),
                new Deployment.Limits(1, 0, 0, Deployment.Patience.USUAL),
                one.billing(),
                true,
                Optional.empty(),
                Optional.empty()));
        bench.only("support", Optional.empty(), "a");
        bench.server.plays("a", call -> {
            goOn.await();
            saying("{\"answer\":\"您好。\",\"kind\":\"courtesy\",\"handover\":false,\"confidence\":0.9,\"citations\":[]}")
                    .answer(call);
        });
    }

    private static Thread asks(Assistants assistants, Queue<String> rungs) {
        return Thread.ofVirtual().start(() -> rungs.add(ask(assistants)));
    }

    private static String ask(Assistants assistants) {
        return Assistants.ask(assistants.assistant(SETTINGS), Assistants.turn(QUESTION))
                .remarks()
                .getOrDefault("rung", "");
    }
}
