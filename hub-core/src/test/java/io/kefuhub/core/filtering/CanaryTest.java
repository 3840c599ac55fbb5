package io.kefuhub.core.filtering;

import static io.kefuhub.core.filtering.TrialBench.ALL;
import static io.kefuhub.core.filtering.TrialBench.NO_LIMITS;
import static io.kefuhub.core.filtering.TrialBench.filter;
import static io.kefuhub.core.filtering.TrialBench.pass;
import static io.kefuhub.core.plugin.Waits.awaitEvenWhenInterrupted;
import static io.kefuhub.core.plugin.Waits.awaitInterrupt;
import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.TakeBack;
import io.kefuhub.core.plugin.Terms;
import io.kefuhub.core.plugin.TrialLimits;
import io.kefuhub.core.plugin.TrialMode;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CanaryTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(60);

    private final TrialBench bench = new TrialBench();

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void each_conversation_is_judged_by_one_side_and_the_trace_says_which() {
        var trial = bench.serving().begin(filter("2", _ -> pass("2")), new TrialMode.Canary(30));

        for (var i = 0; i < 300; i++) {
            var conversation = new ConversationId(UUID.randomUUID());
            var version = trial.takes(conversation.toString()) ? "2" : "1";
            for (var repeat = 0; repeat < 2; repeat++) {
                assertThat(bench.says(conversation, "hello").trail())
                        .singleElement()
                        .satisfies(judged -> {
                            assertThat(judged.version()).isEqualTo(version);
                            assertThat(judged.tags()).containsExactly(version);
                            assertThat(judged.candidate()).isEqualTo(version.equals("2"));
                        });
            }
        }
        assertThat(bench.report().candidate().calls()).isBetween(100L, 260L);
        assertThat(bench.report().serving().calls() + bench.report().candidate().calls())
                .isEqualTo(600);
    }

    @Test
    void what_the_candidate_decides_is_done() {
        bench.serving().begin(filter("2", message -> decide(message.text())), ALL);

        assertThat(bench.says("block")).isInstanceOf(Filtered.Blocked.class);
        assertThat(bench.says("hold")).isInstanceOf(Filtered.Held.class);
        assertThat(bench.says("rewrite").message().text()).isEqualTo("rewritten");
        assertThat(bench.report().candidate().words()).containsOnlyKeys("block", "hold", "rewrite");
    }

    private static Verdict decide(String text) {
        return switch (text) {
            case "block" -> Verdict.block("no");
            case "hold" -> Verdict.hold("wait");
            default -> Verdict.rewrite(Message.of("rewritten").parts());
        };
    }

    /** Ways to have no answer. */
    private enum Bad implements Function<Message, Verdict> {
        THROWS {
            @Override
            public Verdict apply(Message message) {
                throw new IllegalStateException("broken");
            }
        },
        WAITS {
            @Override
            public Verdict apply(Message message) {
                awaitInterrupt();
                return Verdict.block("too late");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Bad.class)
    void when_the_candidate_fails_the_serving_one_judges_the_same_message(Bad how) {
        var seen = new CopyOnWriteArrayList<String>();
        bench.contributions.replace(TrialBench.slot(
                "first",
                "1",
                LONG,
                Foreign.filter(
                        Set.of(Stage.CUSTOMER_IN),
                        _ -> Verdict.rewrite(Message.of("clean").parts()))));
        bench.serving(filter("1", message -> {
            seen.add(message.text());
            return Verdict.block("bad word");
        }));
        bench.begin(filter("2", SHORT, how), ALL);

        var filtered = bench.says("dirty");

        assertThat(filtered)
                .isInstanceOfSatisfying(
                        Filtered.Blocked.class,
                        blocked -> assertThat(blocked.reason().words().en()).isEqualTo("bad word"));
        assertThat(seen).containsExactly("clean");
        assertThat(filtered.trail()).extracting(Judged::version).containsExactly("1", "2", "1");
        assertThat(filtered.trail()).extracting(Judged::candidate).containsExactly(false, true, false);
        assertThat(bench.report()).satisfies(report -> {
            assertThat(report.fallbacks()).isEqualTo(1);
            assertThat(report.candidate().errors() + report.candidate().late()).isEqualTo(1);
            assertThat(report.serving().calls()).as("it only stood in").isZero();
        });
    }

    @Test
    void when_both_fail_the_admins_word_for_the_filter_counts() {
        var terms = Terms.of(Kind.FILTER).withWhenFailed(Terms.WhenFailed.HOLD);
        bench.serving(Slot.of(Kind.FILTER, "words", Foreign.filter(Set.of(Stage.CUSTOMER_IN), Bad.THROWS), terms));
        bench.begin(filter("2", Bad.THROWS), ALL);

        assertThat(bench.says("hello"))
                .isInstanceOfSatisfying(
                        Filtered.Held.class, held -> assertThat(held.trail()).hasSize(2));
    }

    @Test
    void a_candidate_that_rests_is_taken_back_at_once_and_costs_nothing() {
        var asked = new AtomicInteger();
        bench.serving()
                .begin(
                        filter("2", _ -> {
                            asked.incrementAndGet();
                            throw new IllegalStateException("broken");
                        }),
                        ALL,
                        NO_LIMITS);

        for (var i = 0; i < 100; i++) assertServedBy("1", bench.says("hello"));

        until(() -> !bench.takenBack.isEmpty());
        assertThat(bench.takenBack)
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.cause()).isEqualTo(TakeBack.Cause.RESTS));
        assertThat(asked).hasValue(20);
    }

    @Test
    void errors_under_load_take_it_back_once_and_no_message_pays_for_it() throws Exception {
        var asked = new AtomicInteger();
        bench.serving()
                .begin(
                        filter("2", _ -> {
                            if (asked.incrementAndGet() % 10 == 0) throw new IllegalStateException("broken");
                            return pass("2");
                        }),
                        new TrialMode.Canary(50));

        inParallel(8, () -> {
            for (var i = 0; i < 250; i++) assertThat(bench.says("hello")).isInstanceOf(Filtered.Through.class);
        });
        until(() -> !bench.takenBack.isEmpty());
        var calls = asked.get();
        for (var i = 0; i < 100; i++) assertServedBy("1", bench.says("hello"));

        assertThat(bench.takenBack)
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.cause()).isEqualTo(TakeBack.Cause.ERRORS));
        assertThat(asked).as("not asked any more").hasValue(calls);
        assertThat(calls).isLessThan(200);
    }

    @Test
    void lateness_takes_it_back() {
        var asked = new AtomicInteger();
        bench.serving()
                .begin(
                        filter(
                                "2",
                                SHORT,
                                message -> asked.incrementAndGet() % 8 == 0 ? Bad.WAITS.apply(message) : pass("2")),
                        ALL);

        for (var i = 0; i < 100; i++) assertThat(bench.says("hello")).isInstanceOf(Filtered.Through.class);

        until(() -> !bench.takenBack.isEmpty());
        assertThat(bench.takenBack)
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.cause()).isEqualTo(TakeBack.Cause.LATE));
        assertThat(asked.get()).isBetween(TrialLimits.FEW, 40);
    }

    @Test
    void slowness_takes_it_back() throws Exception {
        bench.serving()
                .begin(
                        filter("2", _ -> {
                            take(Duration.ofMillis(60));
                            return pass("2");
                        }),
                        new TrialMode.Canary(50),
                        new TrialLimits(100, 100, 2, Duration.ofMillis(20), 100, 100));

        inParallel(4, () -> {
            for (var i = 0; i < 60; i++) assertThat(bench.says("hello")).isInstanceOf(Filtered.Through.class);
        });

        until(() -> !bench.takenBack.isEmpty());
        assertThat(bench.takenBack)
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.cause()).isEqualTo(TakeBack.Cause.SLOW));
    }

    @Test
    void blocking_much_more_than_the_serving_one_takes_it_back() {
        var asked = new AtomicInteger();
        bench.serving()
                .begin(
                        filter("2", _ -> asked.incrementAndGet() % 3 == 0 ? Verdict.block("no") : pass("2")),
                        new TrialMode.Canary(50));

        for (var i = 0; i < 600; i++) bench.says("hello");

        until(() -> !bench.takenBack.isEmpty());
        assertThat(bench.takenBack)
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.cause()).isEqualTo(TakeBack.Cause.DRIFTS));
        assertThat(bench.says("hello")).isInstanceOf(Filtered.Through.class);
    }

    @Test
    void an_answer_under_way_when_the_verdict_falls_is_not_believed() throws Exception {
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        bench.serving()
                .begin(
                        filter("2", message -> {
                            if (!message.text().equals("slow")) throw new IllegalStateException("broken");
                            inside.countDown();
                            awaitEvenWhenInterrupted(goOn);
                            return Verdict.block("by a candidate that is no good");
                        }),
                        ALL);
        var result = new CopyOnWriteArrayList<Filtered>();
        var caller = Thread.ofVirtual().start(() -> result.add(bench.says("slow")));
        inside.await();

        for (var i = 0; i < 2 * TrialLimits.FEW; i++) bench.says("hello");
        until(() -> !bench.takenBack.isEmpty());
        goOn.countDown();
        caller.join();

        assertThat(result).singleElement().satisfies(filtered -> assertServedBy("1", filtered));
    }

    @Test
    void a_message_that_set_out_before_a_filter_was_replaced_is_judged_by_the_new_one() throws Exception {
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        bench.contributions.replace(TrialBench.slot("first", "1", LONG, Foreign.filter(Set.of(Stage.CUSTOMER_IN), _ -> {
            inside.countDown();
            awaitEvenWhenInterrupted(goOn);
            return Verdict.pass();
        })));
        var older = filter("1", _ -> pass("1"));
        bench.serving(older).begin(filter("2", _ -> Verdict.block("2")), new TrialMode.Canary(1));
        var conversation = new ConversationId(new UUID(1, 1));
        var result = new CopyOnWriteArrayList<Filtered>();
        var caller = Thread.ofVirtual().start(() -> result.add(bench.says(conversation, "hello")));
        inside.await();

        bench.contributions.change(draft -> draft.promote(Kind.FILTER, "words"));
        bench.guard.close(older, LONG);
        goOn.countDown();
        caller.join();

        assertThat(result).singleElement().isInstanceOf(Filtered.Blocked.class);
    }

    @Test
    void a_candidate_may_judge_at_other_stages() {
        var stages = Set.of(Stage.BOT_OUT);
        bench.serving()
                .begin(
                        TrialBench.slot(
                                "words", "2", LONG, Foreign.filter(stages, _ -> Verdict.block("only at the end"))),
                        ALL,
                        NO_LIMITS);
        var conversation = new ConversationId(UUID.randomUUID());

        assertThat(bench.says(conversation, "hello").trail()).isEmpty();
        assertThat(bench.chain.apply(conversation, Message.of("hello"), TrialBench.FACTS, Stage.BOT_OUT))
                .isInstanceOf(Filtered.Blocked.class);

        assertThat(bench.report().candidate().words())
                .as("what it does not judge it lets pass")
                .containsEntry("pass", 1L)
                .containsEntry("block", 1L);
        assertThat(bench.report().candidate().calls()).isEqualTo(1);
    }

    @Test
    void how_much_of_a_growing_answer_is_shown_is_for_the_side_that_will_judge_it() {
        var serving = TrialBench.slot("words", "1", LONG, new Growing(5));
        var trial = bench.serving(serving)
                .begin(TrialBench.slot("words", "2", LONG, new Growing(3)), new TrialMode.Canary(50));

        for (var i = 0; i < 50; i++) {
            var conversation = new ConversationId(UUID.randomUUID());
            assertThat(bench.chain.safeUntil(conversation, "a longer text", TrialBench.FACTS))
                    .isEqualTo(trial.takes(conversation.toString()) ? 3 : 5);
        }
    }

    @Test
    void nothing_of_a_growing_answer_is_shown_when_a_filter_cannot_say_how_much() {
        bench.serving(TrialBench.slot("words", "1", LONG, new Growing(99)));

        assertThat(bench.chain.safeUntil(new ConversationId(UUID.randomUUID()), "short", TrialBench.FACTS))
                .isZero();
    }

    private record Growing(int safe) implements Filter {
        @Override
        public Set<Stage> stages() {
            return Set.of(Stage.BOT_OUT);
        }

        @Override
        public Verdict apply(Message message, Facts facts, Stage stage) {
            return Verdict.pass();
        }

        @Override
        public int safeUntil(String soFar, Facts facts) {
            return safe;
        }
    }

    private static void assertServedBy(String version, Filtered filtered) {
        assertThat(filtered).isInstanceOf(Filtered.Through.class);
        assertThat(filtered.trail().getLast().tags()).containsExactly(version);
    }

    /** Takes so long to answer. */
    private static void take(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) LockSupport.parkNanos(end - System.nanoTime());
    }

    private static void inParallel(int threads, Runnable work) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, threads)
                    .mapToObj(_ -> executor.submit(work))
                    .toList();
            for (var one : all) one.get();
        }
    }
}
