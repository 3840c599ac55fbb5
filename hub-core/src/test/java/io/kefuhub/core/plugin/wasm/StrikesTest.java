package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StrikesTest {
    private final AtomicLong now = new AtomicLong(1);
    private final Strikes strikes = new Strikes(now::get);

    private void fail(int times) {
        for (var i = 0; i < times; i++) strikes.failed("it failed");
    }

    @Test
    void five_failures_in_a_row_set_it_aside_with_the_reason() {
        fail(4);
        assertThat(strikes.setAside()).isEmpty();

        assertThat(strikes.failed("the fifth")).isTrue();

        assertThat(strikes.setAside()).contains("the fifth");
        assertThat(strikes.reason()).contains("the fifth");
    }

    @Test
    void an_answer_in_between_begins_the_count_anew() {
        fail(4);
        strikes.answered();
        fail(4);

        assertThat(strikes.setAside()).isEmpty();
    }

    @Test
    void after_a_minute_one_call_may_try_and_decides() {
        fail(5);
        now.addAndGet(Strikes.REST.toNanos());

        assertThat(strikes.setAside()).isEmpty();
        assertThat(strikes.setAside()).as("everybody else").isPresent();
        assertThat(strikes.failed("again")).as("is told of once").isFalse();
        assertThat(strikes.setAside()).contains("again");

        now.addAndGet(Strikes.REST.toNanos());
        assertThat(strikes.setAside()).isEmpty();
        strikes.answered();
        assertThat(strikes.setAside()).isEmpty();
        assertThat(strikes.reason()).isEmpty();
    }
}
