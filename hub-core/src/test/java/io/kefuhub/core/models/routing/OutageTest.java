package io.kefuhub.core.models.routing;

import static io.kefuhub.core.models.routing.ModelServer.failing;
import static io.kefuhub.core.models.routing.ModelServer.saying;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.answering.ai.Assistants;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.models.catalogue.Rules;
import io.kefuhub.core.models.money.KeepingRules;
import io.kefuhub.core.models.money.Ledger;
import io.kefuhub.core.models.money.Limits;
import io.kefuhub.core.models.money.MoneyRoom;
import io.kefuhub.core.models.money.Period;
import io.kefuhub.core.models.money.Scope;
import io.kefuhub.core.models.money.price.PerMillion;
import io.kefuhub.core.models.money.price.Price;
import io.kefuhub.core.models.money.price.Terms;
import io.kefuhub.core.telemetry.Stalls;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Every provider is down while a hundred questions come in each second, at the usual tempo and with the books on PostgreSQL:
 * one refuses, and the other takes calls and never says a word. Each kind by itself, outages of half a minute and what the
 * seconds cost until a silent one is found out are left to {@code bench/outage-models}.
 */
class OutageTest {
    private static final int PER_SECOND = 100;
    private static final Duration MEASURED = Duration.ofSeconds(4);
    /** Places of the two deployments: so many calls may be under way before anybody knows that one is down. */
    private static final int PLACES = 64;

    /** Until a silent one is found out, and whoever waited for it has been told. */
    private static final Duration FOUND_OUT = Tempo.USUAL.firstContent().plusSeconds(1);

    private static final Duration WELL_AGAIN = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ofMillis(300);
    private static final Map<String, String> SETTINGS =
            Map.of("alias", "support", "cheaper-alias", "", "cache", "false");
    private static final long BUDGET = 1_000_000_000_000L;
    private static final String NEAR = "运费由谁承担，退货的时候";

    /** Without a model a passage is quoted, near questions are offered, and a person is promised. */
    private static final List<String> QUESTIONS = List.of(NEAR, "how do I change my email", "月球上有没有兔子");

    /** @param began by {@link System#nanoTime} */
    private record Seen(String rung, long began, Duration took) {}

    @Test
    void a_storm_stops_itself_and_everybody_gets_an_answer_without_a_model_at_once() throws Exception {
        var wellAgain = new CountDownLatch(1);
        try (var bench = new RoutingBench(Tempo.USUAL, OutageTest::books);
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
            bench.alias("support", "refusing", "silent");
            bench.server.plays("check", call -> call.status(200));
            bench.server.plays("refusing", saying("Hello."));
            // A cold machine is not what is measured.
            for (var i = 0; i < PER_SECOND; i++) ask(assistants, QUESTIONS.get(i % QUESTIONS.size()));
            var before = calls(bench);

            bench.server.plays("check", failing(503));
            bench.server.plays("refusing", failing(503));
            bench.server.plays("silent", _ -> wellAgain.await());
            Queue<Seen> seen = new ConcurrentLinkedQueue<>();
            var number = new AtomicInteger();
            var began = System.nanoTime();
            // After a moment in which the machine stood still nothing is made up for: that would be another storm.
            var asking = timer.scheduleWithFixedDelay(
                    () -> threads.execute(() ->
                            seen.add(ask(assistants, QUESTIONS.get(number.getAndIncrement() % QUESTIONS.size())))),
                    0,
                    TimeUnit.SECONDS.toMicros(1) / PER_SECOND,
                    TimeUnit.MICROSECONDS);
            var foundOut = began + FOUND_OUT.toNanos();
            Eventually.holds(() -> System.nanoTime() - foundOut - MEASURED.toNanos() >= 0);
            asking.cancel(false);
            Eventually.holds(() -> seen.size() == number.get());

            // What is under way when they begin to rest, with what came in the places of those that failed until then.
            var some = Tempo.USUAL.rest().calls();
            assertThat(calls(bench) - before).isBetween((long) some, PLACES + 2L * some);
            assertThat(seen).extracting(Seen::rung).containsOnly("extract", "menu", "promise");
            var once = seen.stream().filter(one -> one.began() - foundOut >= 0).toList();
            assertThat(once).hasSizeGreaterThan(PER_SECOND * (int) MEASURED.toSeconds() / 2);
            assertThat(p95(once)).isLessThan(AT_ONCE);

            bench.server.plays("refusing", saying("Hello."));
            bench.server.plays("silent", saying("Hello."));
            bench.server.plays("check", call -> call.status(200));
            wellAgain.countDown();
            var well = Stalls.now();
            Eventually.holds(() -> ask(assistants, NEAR).rung().equals("full"));
            assertThat(Stalls.since(well)).isLessThan(WELL_AGAIN);
            assertBalanced(bench, calls(bench));
        } finally {
            wellAgain.countDown();
        }
    }

    /** Real books, with a price and a budget that every call touches. */
    private static Ledger books(Database database) {
        var clock = Clock.systemUTC();
        var ids = new Ids(clock);
        var room = new MoneyRoom(database, new AuditLog(), ids, clock, "hub", ZoneOffset.UTC, () -> KeepingRules.USUAL);
        room.prices()
                .add(
                        List.of(new Price(
                                ids.next(),
                                "one",
                                Price.ANY,
                                List.of(),
                                "CNY",
                                Instant.EPOCH,
                                Optional.empty(),
                                Terms.of(PerMillion.of("1", "0.1", "2")),
                                "",
                                Optional.empty(),
                                true,
                                Price.Origin.PERSON,
                                Optional.empty())),
                        "test");
        var name = new Limits.Name(Scope.HUB, "", Period.DAY);
        room.limits().declare("test", List.of(new Limits.Declared(name, BUDGET, true)));
        return room.ledger();
    }

    /** Each call is an attempt that has ended, and the budget holds what all of them cost. */
    private static void assertBalanced(RoutingBench bench, long calls) {
        Eventually.holds(() -> number(bench, "select count(*) from reservation") == 0);
        assertThat(number(bench, "select count(*) from attempt where outcome <> 'unsent'"))
                .isEqualTo(calls);
        assertThat(number(bench, "select sum(reserved)::bigint from budget_period"))
                .isZero();
        assertThat(number(bench, "select sum(spent)::bigint from budget_period"))
                .isPositive()
                .isEqualTo(number(bench, "select sum(cost)::bigint from attempt"));
    }

    private static long number(RoutingBench bench, String sql) {
        return bench.database.read(db -> db.createQuery(sql).mapTo(Long.class).one());
    }

    private static long calls(RoutingBench bench) {
        return bench.server.calls().stream()
                .filter(call -> !call.model.equals("check"))
                .count();
    }

    private static Seen ask(Assistants assistants, String question) {
        var began = Stalls.now();
        var turned = Assistants.ask(assistants.assistant(SETTINGS), Assistants.turn(question));
        return new Seen(turned.remarks().getOrDefault("rung", ""), began, Stalls.since(began));
    }

    private static Duration p95(List<Seen> seen) {
        var sorted = seen.stream().map(Seen::took).sorted().toList();
        return sorted.get(sorted.size() * 95 / 100);
    }
}
