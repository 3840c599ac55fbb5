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
        for (var i = 0; i < 5; i++) assertThat(pacing.reserve("a")).isZero();

        assertThat(Duration.ofNanos(pacing.reserve("a"))).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_500));
        assertThat(pacing.reserve("b")).as("another chat").isZero();

        now.addAndGet(Duration.ofMillis(1_200).toNanos());
        for (var i = 0; i < 4; i++) assertThat(pacing.reserve("a")).isZero();
        assertThat(pacing.reserve("a")).isPositive();
    }

    @Test
    void sends_away_whoever_would_wait_long_and_takes_no_place_for_them() {
        for (var i = 0; i < 25; i++) pacing.reserve("a");

        assertThat(pacing.reserve("a")).isGreaterThan(Duration.ofSeconds(4).toNanos());
        now.addAndGet(Duration.ofSeconds(7).toNanos());
        assertThat(pacing.reserve("a")).isZero();
    }

    @Test
    void leaves_a_chat_alone_as_long_as_the_platform_wants() {
        pacing.rest("a", Duration.ofSeconds(7));

        assertThat(pacing.reserve("a")).isEqualTo(Duration.ofSeconds(7).toNanos());
        assertThat(pacing.reserve("b")).isZero();
    }
}
