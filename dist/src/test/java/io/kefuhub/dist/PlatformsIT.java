package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.bench.platforms.PlatformOptions;
import io.kefuhub.bench.platforms.PlatformRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of {@code bench/platforms}. */
@Timeout(180)
final class PlatformsIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"wecom", "feishu"})
    void what_a_platforms_customers_say_is_answered_once_though_the_hub_is_killed(String platform) throws Exception {
        var unpacked = UnpackedHub.prepared();
        var options = PlatformOptions.USUAL
                .with("--platform", platform)
                .with("--customers", "60")
                .with("--kills", "1");
        try (var run = PlatformRun.start(unpacked, folder.resolve("home"), options)) {
            var outcome = run.run();

            assertThat(outcome.balances()).as(outcome.toString()).isTrue();
            assertThat(outcome.said()).isEqualTo(180);
        }
    }
}
