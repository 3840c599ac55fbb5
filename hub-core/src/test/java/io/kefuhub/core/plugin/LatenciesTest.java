package io.kefuhub.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void percentiles_of_a_spread_are_right_to_within_a_fifth() {
        for (var micros = 1; micros <= 100_000; micros++) latencies.add(micros * 1_000L);

        assertThat(latencies.percentile(0.5).toNanos()).isCloseTo(50_000_000, withinPercentage(20));
        assertThat(latencies.percentile(0.95).toNanos()).isCloseTo(95_000_000, withinPercentage(20));
    }

    @Test
    void one_slow_call_in_a_hundred_does_not_move_the_95_percent() {
        for (var i = 0; i < 99; i++) latencies.add(TimeUnit.MILLISECONDS.toNanos(10));
        latencies.add(TimeUnit.SECONDS.toNanos(60));

        assertThat(latencies.percentile(0.95).toNanos()).isCloseTo(10_000_000, withinPercentage(20));
    }

    @Test
    void nothing_and_everything_have_a_place() {
        assertThat(latencies.percentile(0.95)).isEqualTo(Duration.ZERO);

        latencies.add(0);
        latencies.add(Long.MAX_VALUE);

        assertThat(latencies.percentile(0.5)).isLessThan(Duration.ofNanos(2_000));
        assertThat(latencies.percentile(1)).isGreaterThan(Duration.ofMinutes(20));
    }
}
