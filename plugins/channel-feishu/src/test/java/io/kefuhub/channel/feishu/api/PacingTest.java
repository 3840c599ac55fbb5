package io.kefuhub.channel.feishu.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacingTest {
    private final AtomicLong now = new AtomicLong(1_000);
    private final Pacing pacing = new Pacing(now::get);

    @Test
    void lets_five_go_at_once_and_the_sixth_when_the_second_is_over() {
        for (var i = 0; i < 5; i++) assertThat(pause("a")).isZero();

        assertThat(pause("a")).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_100));
        assertThat(pause("b")).as("another chat").isZero();

        pass(Duration.ofMillis(1_100));
        for (var i = 0; i < 4; i++) assertThat(pause("a")).isZero();
        assertThat(pause("a")).isPositive();
    }

    @Test
    void counts_from_when_a_message_may_have_arrived() {
        for (var i = 0; i < 4; i++) pause("a");
        var slow = pacing.reserve("a", "a");
        pass(Duration.ofMillis(1_100));
        pacing.arrived("a", slow);

        for (var i = 0; i < 4; i++) assertThat(pause("a")).isZero();
        assertThat(pause("a")).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void sends_away_whoever_would_wait_long_and_takes_no_place_for_them() {
        for (var i = 0; i < 20; i++)
            assertThat(pacing.reserve("a", "a").later()).isEmpty();

        for (var i = 0; i < 9; i++) assertThat(pacing.reserve("a", "a").later()).isPresent();
        pass(Duration.ofSeconds(5));
        assertThat(pause("a")).isZero();
    }

    @Test
    void leaves_a_chat_alone_as_long_as_the_platform_wants() {
        pacing.rest("a", Duration.ofSeconds(7));

        assertThat(pacing.reserve("a", "a").later()).contains(Duration.ofSeconds(7));
        assertThat(pause("b")).isZero();
    }

    @Test
    void those_who_are_more_than_the_app_may_send_come_back_evenly_and_before_any_who_are_new() {
        fillTheMinute();

        var first = later("a");
        assertThat(first).isBetween(Duration.ofSeconds(39), Duration.ofSeconds(41));
        assertThat(later("b")).isEqualTo(first.plusMillis(60));
        assertThat(pacing.reserve("passing", "").later()).isPresent();
        assertThat(later("c")).isEqualTo(first.plusMillis(120));

        for (var i = 3; i < 1_000; i++) later("more " + i);
        pass(first);
        assertThat(later("new")).isEqualTo(Duration.ofMillis(60 * 1_000));
        assertThat(pacing.reserve("passing", "").later()).isPresent();
        assertThat(pause("a")).isZero();
        pass(Duration.ofMillis(60));
        assertThat(pause("b")).isZero();
    }

    @Test
    void whoever_comes_back_in_vain_comes_back_before_those_who_came_after() {
        fillTheMinute();
        for (var i = 0; i < 1_000; i++) later("more " + i);

        var again = later("more 0");
        assertThat(again).isBetween(Duration.ofSeconds(39), Duration.ofSeconds(41));
        assertThat(later("more 1")).isEqualTo(again.plusMillis(60));
    }

    @Test
    void whom_the_platform_refuses_for_the_apps_sake_comes_back_apart_from_others() {
        assertThat(pacing.restAll("a", Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
        assertThat(pacing.restAll("b", Duration.ofSeconds(7))).isEqualTo(Duration.ofMillis(7_060));
        assertThat(later("c")).isGreaterThanOrEqualTo(Duration.ofSeconds(7));

        pass(Duration.ofSeconds(7));
        assertThat(pause("a")).isZero();
    }

    @Test
    void a_chat_that_is_left_alone_takes_no_place_in_the_line_of_the_app() {
        fillTheMinute();
        var first = later("a");
        pacing.rest("silent", Duration.ofMinutes(5));

        assertThat(later("silent")).isEqualTo(Duration.ofMinutes(5));
        assertThat(later("b")).isEqualTo(first.plusMillis(60));
    }

    /** All that the app may send in a minute, in its first twenty seconds. */
    private void fillTheMinute() {
        for (var i = 0; i < 1_000; i++) {
            assertThat(pacing.reserve("early " + i, "early " + i).at()).isEqualTo(now.get());
            pass(Duration.ofMillis(20));
        }
    }

    private Duration later(String chat) {
        return pacing.reserve(chat, chat).later().orElseThrow();
    }

    private Duration pause(String chat) {
        return Duration.ofNanos(pacing.reserve(chat, chat).at() - now.get());
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
