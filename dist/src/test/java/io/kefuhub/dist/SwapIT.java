package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.swap.SwapOptions;
import io.kefuhub.bench.swap.SwapRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code bench/swap}. */
@Timeout(180)
final class SwapIT {
    @TempDir
    Path folder;

    @Test
    void plugins_are_swapped_under_load_and_no_socket_no_stream_and_no_message_is_lost() throws Exception {
        var unpacked = UnpackedHub.prepared();
        var home = folder.resolve("home");
        SwapRun.prepare(home);
        var options = SwapOptions.USUAL
                .with("--calm", "0")
                .with("--warm-up", "1")
                .with("--seconds", "8")
                .with("--every", "1000")
                .with("--rate", "60")
                .with("--customers", "24");
        MadeDatabase.in(home);
        try (var hub = Hub.start(unpacked, home, UnpackedHub.PATIENT);
                var run = new SwapRun(hub, unpacked, options)) {
            var outcome = run.run();

            assertThat(outcome.balances()).as(outcome.toString()).isTrue();
            assertThat(outcome.took())
                    .hasSize(3)
                    .allSatisfy((_, swaps) -> assertThat(swaps).hasSizeGreaterThan(2));
            assertThat(outcome.bothServed()).isTrue();
            assertThat(outcome.connections().held())
                    .isEqualTo(outcome.connections().opened())
                    .isEqualTo(25);
            assertThat(outcome.streamed()).isPositive();
            assertThat(outcome.newcomers()).isPositive();
            assertThat(left(hub, run)).isEmpty();
        }
    }

    /** What stays in memory. The hub looks every second, and what was replaced last may still be draining. */
    private static List<String> left(Hub hub, SwapRun run) throws IOException {
        var left = List.of("not looked at");
        for (var tries = 0; tries < 8 && !left.isEmpty(); tries++) {
            hub.collectGarbage();
            left = run.awaitUnloaded(Duration.ofSeconds(2));
        }
        return left;
    }
}
