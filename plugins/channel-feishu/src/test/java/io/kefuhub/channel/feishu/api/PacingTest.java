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
        var slow = pacing.reserve("a");
        pass(Duration.ofMillis(1_100));
        pacing.arrived("a", slow);

        for (var i = 0; i < 4; i++) assertThat(pause("a")).isZero();
        assertThat(pause("a")).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void sends_away_whoever_would_wait_long_and_takes_no_place_for_them() {
        for (var i = 0; i < 20; i++) assertThat(pacing.reserve("a").later()).isEmpty();

        for (var i = 0; i < 9; i++) assertThat(pacing.reserve("a").later()).isPresent();
        pass(Duration.ofSeconds(5));
        assertThat(pause("a")).isZero();
    }

    @Test
    void leaves_a_chat_alone_as_long_as_the_platform_wants() {
        pacing.rest("a", Duration.ofSeconds(7));

        assertThat(pacing.reserve("a").later()).contains(Duration.ofSeconds(7));
        assertThat(pause("b")).isZero();
    }

    private Duration pause(String chat) {
        return Duration.ofNanos(pacing.reserve(chat).at() - now.get());
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
