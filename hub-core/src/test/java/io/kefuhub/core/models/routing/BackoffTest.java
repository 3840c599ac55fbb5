package io.kefuhub.core.models.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.core.models.ModelOutcome.NotAnswered;
import io.kefuhub.core.models.ModelOutcome.Why;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.catalogue.Rules;
import io.kefuhub.core.telemetry.Stalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

/** How long is waited before a call is repeated at the only deployment there is. */
class BackoffTest {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    /** What a busy machine needs for a call. */
    private static final Duration BUSY = Duration.ofMillis(700);

    private static final int QUESTIONS = 40;
    private static final int CALLS = 4;

    @Test
    void usually_it_begins_with_200_milliseconds_and_ends_at_two_seconds() {
        assertThat(Tempo.USUAL.backoff()).isEqualTo(Duration.ofMillis(200));
        assertThat(Tempo.USUAL.longestBackoff()).isEqualTo(LONGEST);
    }

    @Test
    void each_pause_is_anything_from_nothing_to_twice_the_one_before_and_never_longer_than_the_longest() {
        try (var bench = new RoutingBench(tempo(FIRST, LONGEST));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            failing(bench);
            for (var i = 0; i < QUESTIONS; i++) {
                var question = question("number " + i + " of them.", Duration.ofMinutes(1));
                threads.execute(() -> bench.ask(question, new RoutingBench.Heard(), Cancel.NEVER));
            }
            threads.close();

            assertPauses(bench, 1).allMatch(pause -> pause.compareTo(FIRST.plus(BUSY)) < 0);
            // Twice the first, and four times would be too long.
            assertPauses(bench, 2)
                    .allMatch(pause -> pause.compareTo(LONGEST.plus(BUSY)) < 0)
                    .anyMatch(pause -> pause.compareTo(FIRST.plusMillis(100)) > 0);
            assertPauses(bench, 3).allMatch(pause -> pause.compareTo(LONGEST.plus(BUSY)) < 0);
        }
    }

    /** Spread over all that is allowed: some are short, none is asked for the same pause. */
    private static ListAssert<Duration> assertPauses(RoutingBench bench, int number) {
        var pauses = new ArrayList<Duration>();
        for (var i = 0; i < QUESTIONS; i++) {
            var text = "number " + i + " of them.";
            var calls = bench.server.calls().stream()
                    .filter(call -> call.body.contains(text))
                    .toList();
            assertThat(calls).hasSize(CALLS);
            pauses.add(Stalls.between(calls.get(number - 1).at, calls.get(number).at));
        }
        var bound = number == 1 ? FIRST : LONGEST;
        return assertThat(pauses)
                .as("before call " + (number + 1))
                .anyMatch(pause -> pause.compareTo(bound.dividedBy(3)) < 0)
                .anyMatch(pause -> pause.compareTo(bound.dividedBy(2)) > 0);
    }

    @Test
    void no_pause_lasts_beyond_the_end_of_the_turn() {
        try (var bench = new RoutingBench(tempo(Duration.ofMinutes(10), Duration.ofMinutes(10)))) {
            failing(bench);
            var end = Duration.ofSeconds(2);

            for (var i = 0; i < 5; i++) {
                var began = Stalls.now();
                var outcome = bench.ask(question("?", end), new RoutingBench.Heard(), Cancel.NEVER);

                assertThat(Stalls.since(began)).isLessThan(end.plus(BUSY));
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                NotAnswered.class,
                                none -> assertThat(none.why()).isEqualTo(Why.DEADLINE));
            }
            assertThat(bench.ledger.open).isEmpty();
        }
    }

    private static void failing(RoutingBench bench) {
        bench.rules(rules -> new Rules(
                new Rules.Customers(0, 0),
                new Rules.DeskRules(1_000, 0, 0, false),
                rules.desks(),
                new Rules.Retries(CALLS, 100),
                rules.hedge(),
                rules.bodyDays()));
        bench.alias("support", "a");
        bench.server.plays("a", ModelServer.failing(500));
    }

    private static Tempo tempo(Duration first, Duration longest) {
        var usual = RoutingBench.PATIENT;
        var rest = usual.rest();
        return new Tempo(
                usual.firstContent(),
                usual.firstContentReasoning(),
                usual.reasoning(),
                usual.gap(),
                usual.whole(),
                usual.plain(),
                first,
                longest,
                usual.longestWait(),
                usual.line(),
                usual.waiting(),
                usual.holdBack(),
                usual.holdBackCharacters(),
                usual.hedge(),
                usual.farewell(),
                // Nothing rests, however much fails.
                new Tempo.Rest(
                        rest.window(),
                        10_000,
                        rest.failedPercent(),
                        rest.slowPercent(),
                        rest.slow(),
                        rest.open(),
                        rest.longestOpen(),
                        rest.probes(),
                        rest.look()));
    }

    private static ModelQuestion question(String text, Duration end) {
        var usual = RoutingBench.question("support");
        return new ModelQuestion(
                usual.alias(),
                usual.purpose(),
                usual.payer(),
                usual.system(),
                List.of(new AiRequest.Turn(AiRequest.Role.USER, text, List.of())),
                usual.maxTokens(),
                usual.temperature(),
                usual.stream(),
                usual.options(),
                end,
                end);
    }
}
