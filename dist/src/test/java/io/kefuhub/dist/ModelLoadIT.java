package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.models.GatewayOptions;
import io.kefuhub.bench.models.GatewayRun;
import io.kefuhub.bench.models.ModelHome;
import io.kefuhub.bench.models.ModelServer;
import io.kefuhub.bench.models.TurnRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code bench/gateway} and of {@code bench/model-turns}: the books balance, however fast it is. */
@Timeout(180)
final class ModelLoadIT {
    @TempDir
    Path folder;

    @Test
    void whatever_asks_at_once_each_call_is_paid_for_once_and_each_turn_is_answered_once() throws Exception {
        var unpacked = UnpackedHub.prepared();
        var home = folder.resolve("home");
        var options = GatewayOptions.of(
                List.of("--connections", "24", "--delays", "0", "--seconds", "1", "--warm-up", "0.2", "--first", "0"));
        try (var models = new ModelServer()) {
            ModelHome.prepare(unpacked, home, models, List.of(0, TurnRun.DELAY));
            TurnRun.prepare(home);
            MadeDatabase.in(home);
            try (var hub = Hub.start(unpacked, home, UnpackedHub.PATIENT);
                    var turns = new TurnRun(options, models, hub)) {
                var token = ModelHome.open(hub);

                var outcome = GatewayRun.alone(options, models, hub, token);
                assertThat(outcome.balances()).as(outcome.toString()).isTrue();
                assertThat(outcome.rows()).hasSize(2);

                var rows = turns.run(token, _ -> {});
                assertThat(rows).hasSize(2).allMatch(TurnRun.Row::balances);
            }
        }
    }
}
