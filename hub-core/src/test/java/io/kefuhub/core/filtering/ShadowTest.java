package io.kefuhub.core.filtering;

import static io.kefuhub.core.filtering.TrialBench.NO_LIMITS;
import static io.kefuhub.core.filtering.TrialBench.SHADOW;
import static io.kefuhub.core.filtering.TrialBench.filter;
import static io.kefuhub.core.filtering.TrialBench.pass;
import static io.kefuhub.core.plugin.Waits.awaitEvenWhenInterrupted;
import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Outcome;
import io.kefuhub.core.plugin.TakeBack;
import io.kefuhub.core.telemetry.Stalls;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShadowTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(60);

    private final TrialBench bench = new TrialBench();

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void a_shadow_is_asked_too_and_never_believed() {
        bench.serving().begin(filter("2", _ -> Verdict.block("2")), SHADOW, NO_LIMITS);

        for (var i = 0; i < 40; i++) {
            assertThat(bench.says("hello"))
                    .isInstanceOfSatisfying(
                            Filtered.Through.class,
                            through -> assertThat(through.trail())
                                    .extracting(Judged::version)
                                    .containsExactly("1"));
        }

        until(() -> bench.report().differed() == 40);
        assertThat(bench.report().serving().words()).containsOnlyKeys("pass");
        assertThat(bench.report().candidate().words()).containsOnlyKeys("block");
    }

    @Test
    void a_shadow_sees_the_message_as_the_filter_saw_it_and_its_rewrite_is_compared() {
        var seen = new CopyOnWriteArrayList<String>();
        bench.contributions.replace(TrialBench.slot(
                "first",
                "1",
                LONG,
                Foreign.filter(Set.of(Stage.CUSTOMER_IN), message -> rewrite(message.text() + " 1"))));
        bench.serving(filter("1", message -> rewrite(message.text() + " 2")));
        bench.begin(
                filter("2", message -> {
                    seen.add(message.text());
                    return rewrite(message.text() + (message.text().startsWith("odd") ? " 3" : " 2"));
                }),
                SHADOW);
        var odd = new ConversationId(UUID.randomUUID());

        assertThat(bench.says("even").message().text()).isEqualTo("even 1 2");
        assertThat(bench.says(odd, "odd").message().text()).isEqualTo("odd 1 2");

        until(() -> bench.report().agreed() == 1 && bench.report().differed() == 1);
        assertThat(seen).containsExactlyInAnyOrder("even 1", "odd 1");
        assertThat(bench.report().differences()).singleElement().satisfies(difference -> {
            assertThat(difference.conversation()).isEqualTo(odd.toString());
            assertThat(difference.stage()).isEqualTo("CUSTOMER_IN");
            assertThat(difference.aspect()).isEqualTo(Outcome.Aspect.TEXT);
        });
    }

    private static Verdict rewrite(String text) {
        return Verdict.rewrite(Message.of(text).parts());
    }

    @Test
    void too_much_disagreement_takes_it_back_once() {
        bench.serving()
                .begin(filter("2", message -> message.text().equals("bad") ? Verdict.block("2") : pass("1")), SHADOW);

        for (var i = 0; bench.takenBack.isEmpty() && i < 100_000; i++) bench.says(i % 4 == 0 ? "bad" : "good");

        assertThat(bench.takenBack)
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.cause()).isEqualTo(TakeBack.Cause.DISAGREES));
        var calls = bench.report().candidate().calls();
        for (var i = 0; i < 100; i++) bench.says("bad");
        assertThat(bench.report().candidate().calls()).isEqualTo(calls);
        assertThat(bench.takenBack).hasSize(1);
    }

    @Test
    void a_shadow_that_spins_slows_no_message_and_is_taken_back() {
        var spin = new AtomicBoolean(true);
        var candidate = filter("2", SHORT, _ -> {
            while (spin.get()) Thread.onSpinWait();
            return Verdict.block("2");
        });
        bench.serving().begin(candidate, SHADOW);

        var slowest = Duration.ZERO;
        for (var i = 0; bench.takenBack.isEmpty() && i < 1_000_000; i++) {
            var start = Stalls.now();
            assertThat(bench.says("hello")).isInstanceOf(Filtered.Through.class);
            if (System.nanoTime() - start < slowest.toNanos()) continue;
            var took = Stalls.since(start);
            if (took.compareTo(slowest) > 0) slowest = took;
        }

        assertThat(bench.takenBack)
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.cause()).isEqualTo(TakeBack.Cause.RESTS));
        assertThat(slowest).isLessThan(Duration.ofSeconds(1));
        assertThat(candidate.callers()).as("threads that it holds").isLessThanOrEqualTo(4);
        spin.set(false);
        until(() -> candidate.callers() == 0);
    }

    @Test
    void a_shadow_that_never_comes_back_holds_its_own_threads_and_what_is_too_much_is_dropped_and_counted() {
        var goOn = new CountDownLatch(1);
        bench.serving()
                .begin(
                        filter("2", _ -> {
                            awaitEvenWhenInterrupted(goOn);
                            return pass("1");
                        }),
                        SHADOW);

        for (var i = 0; i < 1_000; i++) assertThat(bench.says("hello")).isInstanceOf(Filtered.Through.class);

        assertThat(bench.report().dropped()).as("2 are under way, 128 wait").isEqualTo(870);
        goOn.countDown();
        until(() -> bench.report().agreed() + bench.report().dropped() == 1_000);
    }

    @Test
    void a_shadow_is_asked_at_the_stages_where_either_judges() {
        var stages = Set.of(Stage.BOT_OUT);
        bench.serving()
                .begin(
                        TrialBench.slot("words", "2", LONG, Foreign.filter(stages, _ -> Verdict.block("2"))),
                        SHADOW,
                        NO_LIMITS);
        var conversation = new ConversationId(UUID.randomUUID());

        assertThat(bench.chain.apply(conversation, Message.of("hello"), TrialBench.FACTS, Stage.BOT_OUT))
                .isInstanceOf(Filtered.Through.class);
        bench.says(conversation, "hello");
        bench.chain.apply(conversation, Message.of("hello"), TrialBench.FACTS, Stage.AGENT_OUT);

        until(() -> bench.report().agreed() + bench.report().differed() == 2);
        assertThat(bench.report().differences())
                .extracting(difference -> difference.serving().word() + " "
                        + difference.candidate().word())
                .containsExactlyInAnyOrder("pass block", "pass pass");
        assertThat(bench.report().serving().calls()).isEqualTo(1);
    }

    @Test
    void a_shadow_becomes_a_canary_and_then_counts() {
        var trial = bench.serving().begin(filter("2", _ -> Verdict.block("2")), SHADOW, NO_LIMITS);
        assertThat(bench.says("hello")).isInstanceOf(Filtered.Through.class);

        bench.contributions.change(draft -> draft.change(trial.with(TrialBench.ALL, NO_LIMITS)));

        assertThat(bench.says("hello")).isInstanceOf(Filtered.Blocked.class);
        assertThat(bench.report().candidate().calls()).isEqualTo(1);
    }
}
