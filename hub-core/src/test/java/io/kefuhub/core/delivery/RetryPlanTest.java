package io.kefuhub.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Delivered;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPlanTest {
    @Test
    void a_channel_that_says_when_to_come_back_is_never_left_for_longer_than_that_or_half_a_minute() {
        assertThat(pause(Duration.ofSeconds(1), 3)).isEqualTo(Duration.ofSeconds(4));
        assertThat(pause(Duration.ofSeconds(1), 20)).isEqualTo(Duration.ofSeconds(30));
        assertThat(pause(Duration.ofMinutes(2), 20)).isEqualTo(Duration.ofMinutes(2));
    }

    private static Duration pause(Duration named, int attempts) {
        var later = new Delivered.RetryLater(named, Localized.of("not now"));
        return RetryPlan.USUAL.next(later, attempts, Duration.ZERO).pause().orElseThrow();
    }
}
