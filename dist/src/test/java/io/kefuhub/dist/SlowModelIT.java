package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.bench.platforms.SlowModelRun;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packed hub with every kind of channel, before platforms that are played and a model that begins to take ten seconds. */
@Timeout(300)
final class SlowModelIT {
    private static final Duration VISIBLE = Duration.ofSeconds(4);
    /** The sign is promised after 0.8 seconds. */
    private static final Duration TYPING = Duration.ofMillis(1_200);

    private static final int KINDS = 7;

    @TempDir
    Path folder;

    @Test
    void platforms_are_answered_in_time_and_each_customer_sees_something_soon_and_one_answer_however_slow_the_model()
            throws Exception {
        var unpacked = UnpackedHub.prepared();
        var home = folder.resolve("home");
        MadeDatabase.in(home);
        try (var run = SlowModelRun.start(unpacked, home)) {
            var outcome = run.run();

            assertThat(outcome.kinds()).hasSize(KINDS).allSatisfy(kind -> {
                assertThat(kind.trouble()).as("%s", kind).isEmpty();
                assertThat(kind.acknowledged()).as("%s", kind).isLessThan(Duration.ofSeconds(3));
                assertThat(kind.seen()).as("%s", kind).isLessThan(VISIBLE);
                assertThat(kind.answers()).as("%s", kind).isEqualTo(1);
            });
            assertThat(outcome.said()).isEqualTo(KINDS);
            assertThat(outcome.asked()).isEqualTo(KINDS);
            BestOfThree.within(TYPING, run::typing);
        }
    }
}
