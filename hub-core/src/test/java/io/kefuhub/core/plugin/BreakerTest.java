package io.kefuhub.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private final AtomicLong now = new AtomicLong();
    private final Breaker breaker = new Breaker(now::get);

    @Test
    void twenty_failures_in_a_row_close_the_way() {
        for (var i = 1; i < Breaker.IN_A_ROW; i++) assertThat(breaker.failed()).isFalse();
        assertThat(breaker.lets()).isTrue();

        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.lets()).isFalse();
    }

    @Test
    void more_than_half_of_the_last_fifty_close_the_way() {
        var closed = false;
        var calls = 0;
        while (!closed && calls < 200) {
            calls++;
            if (calls % 3 == 0) breaker.succeeded();
            else closed = breaker.failed();
        }

        assertThat(closed).isTrue();
        assertThat(calls).isBetween(30, Breaker.WINDOW);
    }

    @Test
    void every_other_call_failing_is_borne() {
        for (var i = 0; i < 500; i++) {
            assertThat(breaker.failed()).isFalse();
            breaker.succeeded();
        }
    }

    @Test
    void after_the_rest_one_call_may_try_and_its_success_opens_the_way() {
        rest();

        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isFalse();
        breaker.succeeded();
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void a_failed_try_means_another_rest() {
        rest();

        assertThat(breaker.lets()).isTrue();
        breaker.failed();
        assertThat(breaker.lets()).isFalse();
        now.addAndGet(Breaker.REST.toNanos());
        assertThat(breaker.lets()).isTrue();
    }

    private void rest() {
        for (var i = 0; i < Breaker.IN_A_ROW; i++) breaker.failed();
        assertThat(breaker.lets()).isFalse();
        now.addAndGet(Breaker.REST.toNanos());
    }
}
