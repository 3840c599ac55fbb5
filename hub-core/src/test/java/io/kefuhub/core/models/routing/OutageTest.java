package io.kefuhub.core.models.routing;

import static io.kefuhub.core.models.routing.ModelServer.failing;
import static io.kefuhub.core.models.routing.ModelServer.saying;
import static io.kefuhub.core.models.routing.RoutingBench.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.Cancel;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.catalogue.Rules;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every provider is down while a hundred questions come in each second; {@code bench/outage-models} is the long form. */
class OutageTest {
    private static final int SECONDS = 4;
    private static final int PER_SECOND = 100;

    private record Seen(boolean answered, Duration took) {}

    @Test
    void a_storm_stops_itself_and_everybody_hears_at_once_that_nobody_answers() throws Exception {
        var tempo = RoutingBench.QUICK;
        try (var bench = new RoutingBench(tempo);
                var timer = Executors.newScheduledThreadPool(1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            bench.rules(rules -> new Rules(
                    new Rules.Customers(0, 0),
                    new Rules.DeskRules(1_000, 0, 0, false),
                    rules.desks(),
                    rules.retries(),
                    rules.hedge()));
            bench.alias("support", "a", "b");
            bench.server.plays("a", failing(503));
            bench.server.plays("b", failing(500));
            Queue<Seen> seen = new ConcurrentLinkedQueue<>();
            var asking = timer.scheduleAtFixedRate(
                    () -> threads.execute(() -> seen.add(ask(bench))),
                    0,
                    TimeUnit.SECONDS.toMicros(1) / PER_SECOND,
                    TimeUnit.MICROSECONDS);
            Eventually.holds(() -> seen.size() >= SECONDS * PER_SECOND);
            asking.cancel(false);
            var asked = seen.size();
            var calls = bench.server.calls().size();

            // Two rest; each is tried again by two calls, after 0.5, 1.5, 3.5 s.
            assertThat(calls).isLessThanOrEqualTo(asked / 10 + 40);
            assertThat(seen).noneMatch(Seen::answered);
            // The first second is that of a cold JVM.
            assertThat(p95(seen.stream().skip(PER_SECOND))).isLessThan(Duration.ofMillis(300));

            bench.server.plays("a", saying("Hello."));
            bench.server.plays("b", saying("Hello."));
            var well = System.nanoTime();
            Eventually.holds(() -> ask(bench).answered());
            assertThat(Duration.ofNanos(System.nanoTime() - well))
                    .isLessThan(tempo.rest().longestOpen().plusSeconds(1));
            assertThat(bench.ledger.open).isEmpty();
        }
    }

    private static Seen ask(RoutingBench bench) {
        var usual = question("support");
        var payer = new Payer("service", "web", "ai", UUID.randomUUID().toString(), Optional.empty(), Optional.empty());
        var question = ModelQuestion.of("support", usual.purpose(), payer, usual.system(), usual.messages());
        var start = System.nanoTime();
        var outcome = bench.ask(question, new RoutingBench.Heard(), Cancel.NEVER);
        return new Seen(outcome instanceof ModelOutcome.Answered, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Duration p95(Stream<Seen> seen) {
        var sorted = seen.map(Seen::took).sorted().toList();
        return sorted.get(sorted.size() * 95 / 100);
    }
}
