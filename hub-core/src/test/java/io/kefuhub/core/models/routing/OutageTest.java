package io.kefuhub.core.models.routing;

import static io.kefuhub.core.models.routing.ModelServer.failing;
import static io.kefuhub.core.models.routing.ModelServer.saying;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.answering.ai.Assistants;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.models.catalogue.Rules;
import io.kefuhub.core.telemetry.Stalls;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every provider is down while a hundred questions come in each second; {@code bench/outage-models} is the long form. */
class OutageTest {
    private static final int SECONDS = 4;
    private static final int PER_SECOND = 100;
    private static final long PART = TimeUnit.MILLISECONDS.toNanos(250);
    private static final Map<String, String> SETTINGS =
            Map.of("alias", "support", "cheaper-alias", "", "cache", "false");
    private static final String NEAR = "运费由谁承担，退货的时候";

    /** Without a model a passage is quoted, near questions are offered, and a person is promised. */
    private static final List<String> QUESTIONS = List.of(NEAR, "how do I change my email", "月球上有没有兔子");

    /** @param began by {@link System#nanoTime} */
    private record Seen(String rung, long began, Duration took) {}

    @Test
    void a_storm_stops_itself_and_everybody_gets_an_answer_without_a_model_at_once() throws Exception {
        var tempo = RoutingBench.QUICK;
        try (var bench = new RoutingBench(tempo);
                var assistants = new Assistants(bench.models);
                var timer = Executors.newScheduledThreadPool(1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            bench.rules(rules -> new Rules(
                    new Rules.Customers(0, 0),
                    new Rules.DeskRules(1_000, 0, 0, false),
                    rules.desks(),
                    rules.retries(),
                    rules.hedge(),
                    rules.bodyDays()));
            bench.alias("support", "a", "b");
            bench.server.plays("a", saying("Hello."));
            for (var question : QUESTIONS) ask(assistants, question);
            bench.server.calls().clear();
            bench.server.plays("a", failing(503));
            bench.server.plays("b", failing(500));
            Queue<Seen> seen = new ConcurrentLinkedQueue<>();
            var number = new AtomicInteger();
            var asking = timer.scheduleAtFixedRate(
                    () -> threads.execute(() ->
                            seen.add(ask(assistants, QUESTIONS.get(number.getAndIncrement() % QUESTIONS.size())))),
                    0,
                    TimeUnit.SECONDS.toMicros(1) / PER_SECOND,
                    TimeUnit.MICROSECONDS);
            Eventually.holds(() -> number.get() >= SECONDS * PER_SECOND);
            asking.cancel(false);
            Eventually.holds(() -> seen.size() == number.get());
            var calls = bench.server.calls().size();

            // Two rest; each is tried again by two calls, after 0.5, 1.5, 3.5 s.
            assertThat(calls).isLessThanOrEqualTo(seen.size() / 10 + 40);
            assertThat(seen).extracting(Seen::rung).containsOnly("extract", "menu", "promise");
            // The first second is that of a cold JVM. What had to wait while the machine stood still comes all at once
            // afterwards, so a few of these parts of a second are not the hub's.
            var slowest = partsOfSeconds(seen.stream().skip(PER_SECOND)).stream()
                    .map(OutageTest::p95)
                    .sorted()
                    .toList();
            assertThat(slowest.get(slowest.size() / 2)).isLessThan(Duration.ofMillis(300));

            bench.server.plays("a", saying("Hello."));
            bench.server.plays("b", saying("Hello."));
            var well = Stalls.now();
            Eventually.holds(() -> ask(assistants, NEAR).rung().equals("full"));
            assertThat(Stalls.since(well)).isLessThan(tempo.rest().longestOpen().plusSeconds(1));
            assertThat(bench.ledger.open).isEmpty();
        }
    }

    private static Seen ask(Assistants assistants, String question) {
        var began = Stalls.now();
        var turned = Assistants.ask(assistants.assistant(SETTINGS), Assistants.turn(question));
        return new Seen(turned.remarks().getOrDefault("rung", ""), began, Stalls.since(began));
    }

    private static Collection<List<Seen>> partsOfSeconds(Stream<Seen> seen) {
        return seen.collect(Collectors.groupingBy(one -> one.began() / PART, TreeMap::new, Collectors.toList()))
                .values();
    }

    private static Duration p95(List<Seen> seen) {
        var sorted = seen.stream().map(Seen::took).sorted().toList();
        return sorted.get(sorted.size() * 95 / 100);
    }
}
