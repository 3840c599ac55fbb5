package io.kefuhub.core.filtering;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.plugin.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private Instant now = Instant.parse("2026-01-05T03:00:30Z");
    private final Verdicts verdicts = new Verdicts(() -> now);

    @Test
    void what_was_said_is_counted_for_an_hour_for_a_day_and_since_the_start() {
        say("pass");
        say("pass");
        say("rewrite");
        pass(Duration.ofMinutes(59));
        say("hold");
        assertThat(verdicts.of("words").hour()).isEqualTo(new Verdicts.Count(2, 1, 1, 0, 0));

        pass(Duration.ofMinutes(2));
        say("block");

        assertThat(verdicts.of("words").hour()).isEqualTo(new Verdicts.Count(0, 0, 1, 1, 0));
        assertThat(verdicts.of("words").day()).isEqualTo(new Verdicts.Count(2, 1, 1, 1, 0));

        pass(Duration.ofHours(25));

        assertThat(verdicts.of("words").hour()).isEqualTo(new Verdicts.Count(0, 0, 0, 0, 0));
        assertThat(verdicts.of("words").day()).isEqualTo(new Verdicts.Count(0, 0, 0, 0, 0));
        assertThat(verdicts.of("words").sinceStart()).isEqualTo(new Verdicts.Count(2, 1, 1, 1, 0));
        assertThat(verdicts.of("another").sinceStart()).isEqualTo(new Verdicts.Count(0, 0, 0, 0, 0));
    }

    @Test
    void the_last_five_failures_are_kept_with_their_words_the_latest_first() {
        for (var i = 1; i <= 7; i++) {
            say(new Judged("words", "1." + i, false, "failed", Reason.Code.FAILED.known("trouble " + i), Set.of(), 0));
        }

        var failures = verdicts.of("words").failures();

        assertThat(failures).hasSize(5);
        assertThat(failures.getFirst().why().words().en()).isEqualTo("failed: trouble 7");
        assertThat(failures.getLast().version()).isEqualTo("1.3");
        assertThat(verdicts.of("words").hour().failed()).isEqualTo(7);
    }

    @Test
    void a_candidate_that_failed_leaves_the_verdict_to_the_one_that_serves() {
        verdicts.note(List.of(
                new Judged("words", "2", true, "failed", Reason.NONE, Set.of(), 0),
                new Judged("words", "1", false, "hold", Reason.NONE, Set.of(), 0)));

        assertThat(verdicts.of("words").hour()).isEqualTo(new Verdicts.Count(0, 0, 1, 0, 0));
        assertThat(verdicts.of("words").failures()).isEmpty();
    }

    private void say(String verdict) {
        say(new Judged("words", "1", false, verdict, Reason.NONE, Set.of(), 5));
    }

    private void say(Judged judged) {
        verdicts.note(List.of(judged));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
