package io.kefuhub.channel.feishu.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PartsTest {
    private final AtomicLong now = new AtomicLong();
    private final Parts parts = new Parts(now::get);

    @Test
    void joins_parts_whatever_their_order() {
        assertThat(parts.add(part("m", 3, 2, "c"))).isEmpty();
        assertThat(parts.add(part("m", 3, 0, "a"))).isEmpty();
        assertThat(parts.add(part("m", 3, 0, "a"))).as("a repeat").isEmpty();

        assertThat(parts.add(part("m", 3, 1, "b")))
                .hasValueSatisfying(whole ->
                        assertThat(new String(whole, StandardCharsets.UTF_8)).isEqualTo("abc"));
    }

    @Test
    void hands_on_what_is_whole_at_once() {
        assertThat(parts.add(part("m", 1, 0, "a"))).isPresent();
    }

    @Test
    void drops_what_stays_incomplete_for_ten_seconds() {
        parts.add(part("m", 2, 0, "a"));
        now.addAndGet(Duration.ofSeconds(11).toNanos());

        assertThat(parts.add(part("m", 2, 1, "b"))).isEmpty();
    }

    @Test
    void takes_no_nonsense() {
        assertThat(parts.add(part("m", 2, 2, "a"))).isEmpty();
        assertThat(parts.add(part("m", 2, -1, "a"))).isEmpty();
        assertThat(parts.add(part("m", 1_000_000, 0, "a"))).isEmpty();
    }

    private static Frame part(String id, int sum, int at, String text) {
        return new Frame(
                1,
                1,
                1,
                Frame.DATA,
                List.of(
                        new Frame.Header("message_id", id),
                        new Frame.Header("sum", String.valueOf(sum)),
                        new Frame.Header("seq", String.valueOf(at))),
                "",
                "",
                text.getBytes(StandardCharsets.UTF_8),
                "");
    }
}
