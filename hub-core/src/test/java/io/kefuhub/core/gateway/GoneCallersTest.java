package io.kefuhub.core.gateway;

import static io.kefuhub.core.gateway.GatewayFixture.body;
import static io.kefuhub.core.gateway.GatewayFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.telemetry.Stalls;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers who hang up, hold still or hurry. */
class GoneCallersTest {
    /** Half of a second on a machine that does nothing else. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private GatewayFixture hub;

    @BeforeEach
    void start() {
        hub = new GatewayFixture(folder);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void one_who_hangs_up_before_the_first_word_ends_the_call_to_the_model() throws Exception {
        for (var more : new String[] {"", ",\"stream\":true"}) {
            try (var fresh = new GatewayFixture(folder.resolve("more" + more.length()))) {
                var caller = fresh.call(body("/silent", more));
                fresh.stub.awaitCall();

                var hungUp = Stalls.now();
                caller.close();

                assertThat(Stalls.between(hungUp, fresh.stub.goneAt())).isLessThan(AT_ONCE);
            }
        }
    }

    @Test
    void one_who_hangs_up_in_the_middle_ends_the_call_to_the_model() throws Exception {
        var caller = hub.call(body("/half", ",\"stream\":true"));
        until(caller.getInputStream(), "half");

        var hungUp = Stalls.now();
        caller.close();

        assertThat(Stalls.between(hungUp, hub.stub.goneAt())).isLessThan(AT_ONCE);
    }

    @Test
    void one_who_reads_nothing_holds_up_the_model_and_not_the_memory() throws Exception {
        try (var caller = hub.call(body("/flood", ",\"stream\":true"))) {
            until(caller.getInputStream(), "xxx");
            var before = new long[] {-1};
            Eventually.holds(() -> {
                var still = before[0] == hub.stub.sent();
                before[0] = hub.stub.sent();
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
                return still;
            });

            assertThat(hub.stub.sent()).isBetween(1L, 32L << 20);
        }
        hub.stub.goneAt();
    }

    @Test
    void a_connection_that_was_watched_takes_the_next_call() throws Exception {
        try (var caller = hub.call(body("/late/400", ""))) {
            assertThat(until(caller.getInputStream(), "}}}")).contains("\"late\"");

            GatewayFixture.send(caller, body("/late/400", ",\"stream\":true"));
            until(caller.getInputStream(), "[DONE]");
        }
        assertThat(hub.stub.calls()).isEqualTo(2);
    }

    @Test
    void a_call_that_is_sent_ahead_is_answered_after_the_first() throws Exception {
        try (var caller = hub.call(body("/late/800", ""))) {
            hub.stub.awaitCall();
            // Long enough for the first call to be watched; a shorter time shows less, not something wrong.
            java.util.concurrent.locks.LockSupport.parkNanos(300_000_000);

            GatewayFixture.send(caller, body("/says/second", ""));

            assertThat(until(caller.getInputStream(), "\"second\"")).contains("\"late\"");
        }
    }
}
