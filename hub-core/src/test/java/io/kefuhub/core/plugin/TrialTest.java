package io.kefuhub.core.plugin;

import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Part;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final TrialMode SHADOW = new TrialMode.Shadow();
    private static final TrialMode CANARY = new TrialMode.Canary(50);
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final Trial.Question QUESTION = new Trial.Question("c1", "CUSTOMER_IN");

    private final Contributions contributions = new Contributions();
    private final Slot<Filter> serving = filter();
    private final Slot<Filter> candidate = filter();
    private final List<TakeBack> takenBack = new CopyOnWriteArrayList<>();

    @Test
    void a_candidate_stands_beside_and_not_among_those_that_serve() {
        contributions.replace(serving);
        var trial = trial(SHADOW);

        contributions.change(draft -> draft.begin(trial));

        assertThat(contributions.filters()).containsExactly(serving);
        assertThat(contributions.now().filterTrial("words")).containsSame(trial);
        assertThat(contributions.now().trials()).hasSize(1);
    }

    @Test
    void a_promoted_candidate_takes_the_place_of_the_serving_one_and_the_trial_is_over() {
        contributions.replace(filter("before"));
        contributions.replace(serving);
        contributions.replace(filter("after"));
        contributions.change(draft -> draft.begin(trial(CANARY)));

        var before = contributions.change(draft -> draft.promote(Kind.FILTER, "words"));

        assertThat(before.filter("words")).containsSame(serving);
        assertThat(contributions.filters().get(1)).isSameAs(candidate);
        assertThat(contributions.now().trials()).isEmpty();
    }

    @Test
    void an_ended_trial_leaves_the_serving_one() {
        contributions.replace(serving);
        contributions.change(draft -> draft.begin(trial(CANARY)));

        contributions.change(draft -> draft.end(Kind.FILTER, "words"));

        assertThat(contributions.filters()).containsExactly(serving);
        assertThat(contributions.now().trial(Kind.FILTER, "words")).isEmpty();
    }

    @Test
    void trials_change_in_one_swap_with_other_things_or_not_at_all() {
        contributions.replace(serving);
        contributions.change(draft -> draft.begin(trial(CANARY)));

        assertThatThrownBy(() -> contributions.change(draft ->
                        draft.promote(Kind.FILTER, "words").put(filter("other")).begin(trial(SHADOW))))
                .hasMessageContaining("nothing serves beside");

        assertThat(contributions.filters()).containsExactly(serving);
        assertThat(contributions.now().trials()).hasSize(1);
    }

    @Test
    void a_trial_needs_somebody_who_serves_and_has_no_second_beside_it() {
        assertThatThrownBy(() -> contributions.change(draft -> draft.begin(trial(CANARY))))
                .hasMessageContaining("nothing serves beside");
        contributions.replace(serving);
        contributions.change(draft -> draft.begin(trial(CANARY)));

        assertThatThrownBy(() -> contributions.change(draft -> draft.begin(trial(SHADOW))))
                .hasMessage("there is a trial of words already");
        assertThatThrownBy(() -> contributions.change(draft -> draft.promote(Kind.FILTER, "other")))
                .hasMessage("there is no trial of other");
    }

    @Test
    void a_candidate_leaves_with_its_version_and_with_what_it_stands_beside() {
        contributions.replace(serving);
        var newer = Foreign.slot(Kind.FILTER, "words", Foreign.version("2.0.0"), pass(), Duration.ofSeconds(1));
        contributions.change(draft -> draft.begin(Trial.of(newer, CANARY, TrialLimits.USUAL, CLOCK, takenBack::add)));

        contributions.change(draft -> draft.remove(newer.plugin()));
        assertThat(contributions.now().trials()).isEmpty();
        assertThat(contributions.filters()).containsExactly(serving);

        contributions.change(draft -> draft.begin(trial(CANARY)));
        contributions.remove(Kind.FILTER, "words");
        assertThat(contributions.now().trials()).isEmpty();
    }

    @Test
    void a_growing_share_keeps_the_numbers_and_another_serving_one_starts_them_anew() {
        contributions.replace(serving);
        contributions.change(draft -> draft.begin(trial(CANARY)));
        there().tried(passed());

        contributions.change(draft -> draft.change(there().with(new TrialMode.Canary(90), TrialLimits.USUAL)));
        assertThat(there().report().candidate().calls()).isEqualTo(1);

        contributions.replace(filter("words"));
        assertThat(there().report().candidate().calls()).isZero();
        assertThat(there().candidate()).isSameAs(candidate);
    }

    @Test
    void a_candidate_that_was_taken_back_cannot_be_promoted_whatever_its_terms_now_are() {
        contributions.replace(serving);
        contributions.change(draft -> draft.begin(trial(CANARY)));
        fail(there(), TrialLimits.FEW);

        assertThatThrownBy(() -> contributions.change(draft ->
                        draft.change(there().with(SHADOW, TrialLimits.USUAL)).promote(Kind.FILTER, "words")))
                .hasMessageStartingWith("it was taken back");

        assertThat(contributions.filters()).containsExactly(serving);
    }

    @Test
    void what_was_taken_back_neither_serves_nor_is_tried_again() {
        contributions.replace(serving);
        contributions.change(draft -> draft.begin(trial(CANARY)));
        fail(there(), TrialLimits.FEW);
        contributions.change(draft -> draft.end(Kind.FILTER, "words"));

        assertThatThrownBy(() -> contributions.replace(candidate)).hasMessageStartingWith("it was taken back");
        assertThatThrownBy(() -> contributions.change(draft -> draft.begin(trial(CANARY))))
                .hasMessageStartingWith("it was taken back");
    }

    @Test
    void no_verdict_falls_on_a_candidate_that_was_promoted() {
        contributions.replace(serving);
        var trial = trial(CANARY);
        contributions.change(draft -> draft.begin(trial));
        contributions.change(draft -> draft.promote(Kind.FILTER, "words"));

        fail(trial, TrialLimits.FEW);

        assertThat(trial.takenBack()).isEmpty();
        assertThat(candidate.callee().isBarred()).isFalse();
    }

    @Test
    void the_verdict_is_told_once_in_both_languages_with_the_numbers() {
        var trial = trial(CANARY);
        for (var i = 0; i < 500; i++) trial.served(passed());

        fail(trial, 3 * TrialLimits.FEW);
        until(() -> !takenBack.isEmpty());

        assertThat(takenBack).containsExactly(trial.takenBack().orElseThrow());
        assertThat(takenBack.getFirst()).satisfies(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Kind.FILTER);
            assertThat(verdict.instance()).isEqualTo("words");
            assertThat(verdict.plugin()).isEqualTo(candidate.plugin());
            assertThat(verdict.cause()).isEqualTo(TakeBack.Cause.ERRORS);
            assertThat(verdict.reason().en())
                    .isEqualTo("20 of 20 calls failed (100.0 %); of the serving version's, 0 of 500.");
            assertThat(verdict.reason().zh()).isEqualTo("20 次调用中 20 次出错（100.0 %）；在用版本 500 次中 0 次。");
        });
        assertThat(trial.takes("any")).isFalse();
        assertThat(trial.report().candidate().calls())
                .as("numbers as they were at the verdict")
                .isEqualTo(20);
    }

    @Test
    void a_listener_that_waits_keeps_nobody() {
        var trial = Trial.of(candidate, CANARY, TrialLimits.USUAL, CLOCK, _ -> Waits.awaitInterrupt());

        fail(trial, TrialLimits.FEW);

        assertThat(trial.takenBack()).isPresent();
    }

    @Test
    void errors_that_the_serving_one_has_too_are_borne() {
        var trial = trial(CANARY);

        for (var i = 0; i < 200; i++) {
            trial.served(i % 10 == 0 ? new Asked.Failed<>("broken", 1) : passed());
            trial.tried(i % 8 == 0 ? new Asked.Failed<>("broken", 1) : passed());
        }

        assertThat(trial.takenBack()).isEmpty();
    }

    @Test
    void more_than_two_of_a_hundred_late_are_too_many() {
        var trial = trial(SHADOW);

        for (var i = 0; i < 100; i++) compare(trial, pass("a"), pass("a"));
        for (var i = 0; i < 2; i++) trial.compared(QUESTION, passed(), new Asked.Late<>(1));
        assertThat(trial.takenBack()).isEmpty();
        trial.compared(QUESTION, passed(), new Asked.Late<>(1));

        assertThat(cause(trial)).isEqualTo(TakeBack.Cause.LATE);
    }

    @Test
    void twice_as_slow_and_20_milliseconds_more_is_too_slow() {
        var bearable = trial(CANARY);
        var slow = trial(CANARY);

        for (var i = 0; i < 10 * TrialLimits.ENOUGH; i++) {
            bearable.served(in(40, pass("a")));
            bearable.tried(in(70, pass("a")));
            slow.served(in(40, pass("a")));
            slow.tried(in(140, pass("a")));
        }

        assertThat(bearable.takenBack()).isEmpty();
        assertThat(cause(slow)).isEqualTo(TakeBack.Cause.SLOW);
        assertThat(slow.report().candidate().calls()).isGreaterThanOrEqualTo(TrialLimits.ENOUGH);
    }

    @Test
    void a_shadow_that_disagrees_once_in_ten_is_borne_and_more_often_is_not() {
        var bearable = trial(SHADOW);
        var other = trial(SHADOW);

        for (var i = 0; i < 10 * TrialLimits.ENOUGH; i++) {
            compare(bearable, pass("a"), i % 10 == 9 ? Verdict.block("no") : pass("a"));
            compare(other, pass("a"), i % 8 == 7 ? Verdict.block("no") : pass("a"));
        }

        assertThat(bearable.takenBack()).isEmpty();
        assertThat(cause(other)).isEqualTo(TakeBack.Cause.DISAGREES);
        assertThat(other.report().agreed() + other.report().differed()).isGreaterThanOrEqualTo(TrialLimits.ENOUGH);
    }

    @Test
    void a_canary_that_blocks_much_more_is_taken_back_and_so_is_one_that_blocks_much_less() {
        var more = trial(CANARY);
        var less = trial(CANARY);

        for (var i = 0; i < 10 * TrialLimits.ENOUGH; i++) {
            var often = i % 4 == 0 ? said(Verdict.block("no")) : passed();
            more.served(passed());
            more.tried(often);
            less.served(often);
            less.tried(passed());
        }

        assertThat(cause(more)).isEqualTo(TakeBack.Cause.DRIFTS);
        assertThat(cause(less)).isEqualTo(TakeBack.Cause.DRIFTS);
        assertThat(more.report().candidate().said()).isGreaterThanOrEqualTo(TrialLimits.ENOUGH);
        assertThat(more.takenBack().orElseThrow().reason().zh()).contains("“拦截”占其结果的 2");
    }

    @Test
    void chance_is_no_drift() {
        var trial = trial(CANARY);

        for (var i = 0; i < 60; i++) {
            trial.served(i % 2 == 0 ? said(Verdict.block("no")) : passed());
            trial.tried(i % 3 != 0 ? said(Verdict.block("no")) : passed());
        }

        assertThat(trial.report().drift().get("block")).isGreaterThan(15);
        assertThat(trial.takenBack()).as("40 of 60 and 30 of 60").isEmpty();
    }

    @Test
    void an_admin_may_bear_more_and_what_he_bears_can_change_on_the_way() {
        var patient = trial(CANARY).with(CANARY, new TrialLimits(100, 100, 100, Duration.ofDays(1), 100, 100));
        fail(patient, 10 * TrialLimits.FEW);
        assertThat(patient.takenBack()).isEmpty();

        fail(patient.with(CANARY, TrialLimits.USUAL), 1);

        assertThat(cause(patient)).isEqualTo(TakeBack.Cause.ERRORS);
    }

    @Test
    void differences_name_the_conversation_and_the_words_and_only_the_last_are_kept() {
        var trial = trial(SHADOW);
        for (var i = 0; i < 25; i++) {
            var asked = new Trial.Question("c" + i, "BOT_OUT");
            trial.compared(asked, in(3, pass("a")), in(5, Verdict.block("the secret reason")));
        }

        var report = trial.report();

        assertThat(report.differed()).isEqualTo(25);
        assertThat(report.differences()).hasSize(Comparison.DIFFERENCES);
        assertThat(report.differences().getLast())
                .isEqualTo(new TrialReport.Difference(
                        Instant.EPOCH,
                        "c24",
                        "BOT_OUT",
                        Outcome.Aspect.WORD,
                        new TrialReport.Difference.One("pass", Set.of("a"), Duration.ofMillis(3)),
                        new TrialReport.Difference.One("block", Set.of(), Duration.ofMillis(5))));
        assertThat(report.toString()).doesNotContain("secret");
    }

    @Test
    void verdicts_differ_by_word_parts_placeholders_and_tags_and_not_by_reasons() {
        var rewrite = Verdict.rewrite(List.of(new Part.Text("a***")));

        assertThat(differ(rewrite, Verdict.rewrite(List.of(new Part.Text("a***")))))
                .isFalse();
        assertThat(differ(rewrite, Verdict.rewrite(List.of(new Part.Text("b***")))))
                .isTrue();
        assertThat(differ(rewrite, new Verdict.Rewrite(List.of(new Part.Text("a***")), Set.of(), Map.of("***", "nna"))))
                .isTrue();
        assertThat(differ(pass("a"), pass("b"))).isTrue();
        assertThat(differ(Verdict.block("one"), Verdict.block("other"))).isFalse();
        assertThat(differ(Verdict.block("no"), Verdict.hold("no"))).isTrue();
    }

    @Test
    void what_plugins_make_up_does_not_fill_the_memory() {
        var trial = trial(SHADOW);
        for (var i = 0; i < 1_000; i++) {
            var said = new Outcome("answered", Set.of(), "source-" + i, "", true, "");
            trial.served(new Asked.Answered<>(said, 1));
        }

        var sources = trial.report().serving().sources();
        assertThat(sources).hasSizeLessThan(30);
        assertThat(sources.values().stream().mapToLong(Long::longValue).sum())
                .as("none is lost")
                .isEqualTo(1_000);
    }

    private static boolean differ(Verdict one, Verdict other) {
        return Outcome.of(one).differsFrom(Outcome.of(other)).isPresent();
    }

    private Trial<Filter> trial(TrialMode mode) {
        return Trial.of(candidate, mode, TrialLimits.USUAL, CLOCK, takenBack::add);
    }

    private Trial<Filter> there() {
        return contributions.now().filterTrial("words").orElseThrow();
    }

    private static TakeBack.Cause cause(Trial<?> trial) {
        return trial.takenBack().orElseThrow().cause();
    }

    private static void fail(Trial<?> trial, int times) {
        for (var i = 0; i < times; i++) trial.tried(new Asked.Failed<>("broken", 1));
    }

    private static void compare(Trial<?> trial, Verdict served, Verdict tried) {
        trial.served(said(served));
        trial.compared(QUESTION, said(served), said(tried));
    }

    private static Asked<Outcome> passed() {
        return said(Verdict.pass());
    }

    private static Asked<Outcome> said(Verdict verdict) {
        return in(1, verdict);
    }

    private static Asked<Outcome> in(int millis, Verdict verdict) {
        return new Asked.Answered<>(
                Outcome.of(verdict), Duration.ofMillis(millis).toNanos());
    }

    private static Verdict pass(String tag) {
        return new Verdict.Pass(Set.of(tag));
    }

    private static Filter pass() {
        return Foreign.asFilter(_ -> Verdict.pass());
    }

    private static Slot<Filter> filter() {
        return filter("words");
    }

    private static Slot<Filter> filter(String name) {
        return Foreign.slot(Kind.FILTER, name, pass(), Duration.ofSeconds(1));
    }
}
