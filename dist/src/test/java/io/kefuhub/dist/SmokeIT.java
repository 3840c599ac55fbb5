package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class SmokeIT {
    @TempDir
    Path folder;

    @Test
    void the_packed_hub_starts_answers_a_question_and_remembers_it_after_a_restart() {
        var unpacked = UnpackedHub.unpack(folder);
        var home = folder.resolve("home");
        Visitor visitor;
        try (var hub = UnpackedHub.startAnew(unpacked, home, Map.of())) {
            hub.awaitReady();
            visitor = Visitor.of(hub);

            visitor.says("怎么退货");

            assertThat(visitor.hearsFromTheHub(1)).first().asString().contains("退货");
            assertThat(hub.stop()).isIn(0, 143);
        }

        assertThat(home.resolve("data/postgres/postmaster.pid")).doesNotExist();
        try (var hub = UnpackedHub.start(unpacked, home)) {
            hub.awaitReady();

            assertThat(visitor.at(hub).hearsFromTheHub(1)).hasSize(1);
        }
    }
}
