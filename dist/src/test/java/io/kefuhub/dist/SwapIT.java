package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.swap.SwapOptions;
import io.kefuhub.bench.swap.SwapRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        var unpacked = UnpackedHub.unpack(Files.createDirectory(folder.resolve("hub")));
        var home = folder.resolve("home");
        SwapRun.prepare(home);
        var options = SwapOptions.USUAL
                .with("--calm", "0")
                .with("--warm-up", "1")
                .with("--seconds", "8")
                .with("--every", "1000")
                .with("--rate", "60")
                .with("--customers", "24");
        try (var hub = Hub.start(unpacked, home);
                var run = new SwapRun(hub, unpacked, options)) {
            var outcome = run.run();

            assertThat(outcome.balances()).as(outcome.toString()).isTrue();
            assertThat(outcome.took())
                    .hasSize(3)
                    .allSatisfy((_, swaps) -> assertThat(swaps).hasSizeGreaterThan(2));
            assertThat(outcome.judged()).containsOnlyKeys("1.0.0", "1.0.1");
            assertThat(outcome.answered()).containsOnlyKeys("1.0.0", "1.0.1");
            assertThat(outcome.streamed()).isPositive();
            assertThat(outcome.newcomers()).isPositive();
            // What is young counts as alive in a concurrent collection; after so many, nothing is.
            for (var i = 0; i < 18; i++) hub.collectGarbage();
            assertThat(run.awaitUnloaded(Duration.ofSeconds(90))).isEmpty();
        }
    }
}
