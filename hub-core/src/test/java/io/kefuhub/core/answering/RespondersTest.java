package io.kefuhub.core.answering;

import static io.kefuhub.core.plugin.Waits.awaitEvenWhenInterrupted;
import static io.kefuhub.core.plugin.Waits.awaitInterrupt;
import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Outcome;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.TakeBack;
import io.kefuhub.core.plugin.Trial;
import io.kefuhub.core.plugin.TrialLimits;
import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.plugin.TrialReport;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RespondersTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final TrialMode SHADOW = new TrialMode.Shadow();
    private static final TrialMode ALL = new TrialMode.Canary(100);

    private final Contributions contributions = new Contributions();
    private final Guard guard = new Guard((_, _, _, _) -> {}, 2);
    private final Responders responders = new Responders(contributions, guard);
    private final List<TakeBack> takenBack = new CopyOnWriteArrayList<>();
    private final Slot<Responder> serving = responder("1", LONG, _ -> answer("1", "served"));

    @AfterEach
    void end() {
        guard.close();
    }

    @Test
    void each_conversation_is_answered_by_one_side_and_it_is_said_by_which() {
        var trial = begin(responder("2", LONG, _ -> answer("2", "tried")), new TrialMode.Canary(40));

        for (var i = 0; i < 200; i++) {
            var conversation = UUID.randomUUID().toString();
            var candidate = trial.takes(conversation);
            var reply = ask(conversation);
            assertThat(reply.by()).isEqualTo(new Trace.By("faq", candidate ? "2" : "1", candidate));
            assertThat(reply.asked().answer()).contains(candidate ? answer("2", "tried") : answer("1", "served"));
        }
        assertThat(report().candidate().calls()).isBetween(40L, 120L);
        assertThat(report().candidate().sources()).containsOnlyKeys("knowledge");
    }

    @Test
    void when_the_candidate_throws_or_is_late_the_serving_one_answers_the_same_turn() {
        var throwing = begin(
                responder("2", LONG, _ -> {
                    throw new IllegalStateException("broken");
                }),
                ALL);
        assertThat(ask("c1", "throw").asked().answer()).contains(answer("1", "served"));
        assertThat(throwing.report()).satisfies(report -> {
            assertThat(report.fallbacks()).isEqualTo(1);
            assertThat(report.candidate().errors()).isEqualTo(1);
            assertThat(report.serving().calls()).isZero();
        });

        contributions.remove(Kind.RESPONDER, "faq");
        var late = begin(
                responder("3", SHORT, _ -> {
                    awaitInterrupt();
                    return answer("3", "too late");
                }),
                ALL);
        assertThat(ask("c1", "wait").asked().answer()).contains(answer("1", "served"));
        assertThat(late.report()).satisfies(report -> {
            assertThat(report.fallbacks()).isEqualTo(1);
            assertThat(report.candidate().late()).isEqualTo(1);
            assertThat(report.serving().calls()).isZero();
        });
    }

    @Test
    void a_failed_candidate_stands_in_the_trace_beside_the_one_that_stood_in() {
        begin(
                responder("2", LONG, _ -> {
                    throw new IllegalStateException("broken");
                }),
                ALL);
        var trace = new Trace("web");

        responders.ask(serving, turn("c1", "hello"), _ -> {}, trace);

        assertThat(trace.json())
                .contains("{\"responder\":\"faq\",\"responderVersion\":\"2\",\"candidate\":true,"
                        + "\"code\":\"failed\",\"about\":\"IllegalStateException: broken\"");
    }

    @Test
    void errors_take_a_candidate_back_once_and_it_is_not_asked_any_more() {
        var asked = new AtomicInteger();
        begin(
                responder("2", LONG, _ -> {
                    if (asked.incrementAndGet() % 5 == 0) throw new IllegalStateException("broken");
                    return answer("1", "served");
                }),
                ALL);

        for (var i = 0; i < 100; i++) {
            assertThat(ask("c" + i).asked().answer()).contains(answer("1", "served"));
        }

        until(() -> !takenBack.isEmpty());
        assertThat(takenBack).singleElement().satisfies(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Kind.RESPONDER);
            assertThat(verdict.cause()).isEqualTo(TakeBack.Cause.ERRORS);
        });
        assertThat(asked).hasValue(TrialLimits.FEW);
    }

    @Test
    void handing_over_much_more_takes_a_candidate_back() {
        begin(responder("2", LONG, _ -> new Response.HandOver("unsure", Optional.empty())), new TrialMode.Canary(50));

        for (var i = 0; takenBack.isEmpty() && i < 10_000; i++) ask("c" + i);

        assertThat(takenBack).singleElement().satisfies(verdict -> {
            assertThat(verdict.cause()).isEqualTo(TakeBack.Cause.DRIFTS);
            assertThat(verdict.reason().zh()).contains("“回答”占其结果的 0.0 %，在用版本为 100.0 %");
        });
    }

    @Test
    void a_shadow_is_asked_the_same_turn_and_never_believed() {
        var turns = new CopyOnWriteArrayList<Turn>();
        begin(
                responder("2", LONG, turn -> {
                    turns.add(turn);
                    return answer("2", "tried");
                }),
                SHADOW);
        var turn = turn("c1", "hello");

        var reply = responders.ask(serving, turn, _ -> {}, new Trace("web"));

        assertThat(reply.asked().answer()).contains(answer("1", "served"));
        until(() -> report().differed() == 1);
        assertThat(turns).singleElement().isSameAs(turn);
    }

    @Test
    void answers_are_compared_by_what_they_are_their_source_and_their_words() {
        var same = answer("entry-1", "seven days");

        assertThat(aspect(same, answer("entry-1", "seven days"))).isEmpty();
        assertThat(aspect(same, new Response.Pass("nothing"))).contains(Outcome.Aspect.WORD);
        assertThat(aspect(same, answer("entry-2", "seven days"))).contains(Outcome.Aspect.SOURCE);
        assertThat(aspect(same, answer("entry-1", "eight days"))).contains(Outcome.Aspect.TEXT);
        assertThat(aspect(new Response.Pass("one"), new Response.Pass("other"))).isEmpty();
    }

    private Optional<Outcome.Aspect> aspect(Response served, Response tried) {
        contributions.replace(responder("1", LONG, _ -> served));
        var trial = Trial.of(
                responder("2", LONG, _ -> tried), SHADOW, TrialLimits.USUAL, Clock.systemUTC(), takenBack::add);
        contributions.change(draft -> draft.begin(trial));
        responders.ask(contributions.responders().getFirst(), turn("c1", "hello"), _ -> {}, new Trace("web"));
        until(() -> trial.report().agreed() + trial.report().differed() == 1);
        contributions.remove(Kind.RESPONDER, "faq");
        return trial.report().differences().stream()
                .map(TrialReport.Difference::aspect)
                .findFirst();
    }

    @Test
    void shadows_that_block_keep_no_turn_and_only_so_many_are_under_way() {
        var goOn = new CountDownLatch(1);
        var inside = new AtomicInteger();
        begin(
                responder("2", LONG, _ -> {
                    inside.incrementAndGet();
                    awaitEvenWhenInterrupted(goOn);
                    return answer("1", "served");
                }),
                SHADOW);

        for (var i = 0; i < 100; i++) {
            assertThat(ask("c" + i).asked().answer()).contains(answer("1", "served"));
        }

        until(() -> inside.get() == 16);
        assertThat(report().dropped()).isEqualTo(84);
        goOn.countDown();
        until(() -> report().agreed() == 16);
    }

    @Test
    void of_one_conversation_one_turn_is_shadowed_at_a_time() {
        var goOn = new CountDownLatch(1);
        begin(
                responder("2", LONG, _ -> {
                    awaitEvenWhenInterrupted(goOn);
                    return answer("1", "served");
                }),
                SHADOW);

        for (var i = 0; i < 3; i++) ask("c1");
        assertThat(report().dropped()).isEqualTo(2);
        goOn.countDown();
        until(() -> report().agreed() == 1);
        ask("c1");

        until(() -> report().agreed() == 2);
    }

    @Test
    void a_turn_that_set_out_before_a_responder_was_replaced_is_answered_by_the_new_one() throws Exception {
        begin(responder("2", LONG, _ -> answer("2", "tried")), new TrialMode.Canary(1));
        var order = responders.inOrder("shop");

        contributions.change(draft -> draft.promote(Kind.RESPONDER, "faq"));
        guard.close(serving, LONG);

        var reply = responders.ask(order.getFirst(), turn("c1", "hello"), _ -> {}, new Trace("web"));
        assertThat(reply.asked().answer()).contains(answer("2", "tried"));
        assertThat(reply.by()).isEqualTo(new Trace.By("faq", "2", false));
    }

    @Test
    void a_responder_that_was_removed_is_passed_over() throws Exception {
        contributions.replace(serving);
        var order = responders.inOrder("shop");

        contributions.remove(Kind.RESPONDER, "faq");
        guard.close(serving, LONG);

        assertThat(responders
                        .ask(order.getFirst(), turn("c1", "hello"), _ -> {}, new Trace("web"))
                        .asked())
                .isInstanceOf(Asked.Unavailable.class);
    }

    private Trial<Responder> begin(Slot<Responder> candidate, TrialMode mode) {
        contributions.replace(serving);
        var trial = Trial.of(candidate, mode, TrialLimits.USUAL, Clock.systemUTC(), takenBack::add);
        contributions.change(draft -> draft.begin(trial));
        return trial;
    }

    private TrialReport report() {
        return contributions.now().responderTrial("faq").orElseThrow().report();
    }

    private Responders.Reply ask(String conversation) {
        return ask(conversation, "hello");
    }

    private Responders.Reply ask(String conversation, String text) {
        return responders.ask(serving, turn(conversation, text), _ -> {}, new Trace("web"));
    }

    private static Turn turn(String conversation, String text) {
        return new Turn(
                conversation, "shop", "web", Language.EN, Message.of(text), _ -> List.of(), Contact.anonymous("v"));
    }

    private static Slot<Responder> responder(String version, Duration deadline, Function<Turn, Response> answers) {
        Responder responder = (turn, _) -> answers.apply(turn);
        return Foreign.slot(Kind.RESPONDER, "faq", Foreign.version(version), responder, deadline);
    }

    private static Response answer(String id, String text) {
        return new Response.Answer(
                List.of(new Part.Text(text)), new Response.Source("knowledge", id, "title", 1, "same"));
    }
}
