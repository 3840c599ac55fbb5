package io.kefuhub.bench.models;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.Machine;
import io.kefuhub.bench.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Customers' questions that a model answers, and what must come of it. {@code bench/model-turns} calls it. */
public final class TurnBench {
    private static final String HEAD = """
            | codec | customers | turns/s | straight/s | p50 ms | p99 ms | straight p50 ms | added p50 ms | CPU ms a turn, hub | PostgreSQL | turns | books |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|""";

    private TurnBench() {}

    /** {@code DIST HOME [options]}; see {@link GatewayOptions}, of which the delays do not count. */
    public static void main(String[] arguments) throws Exception {
        var options = GatewayOptions.of(List.of(arguments).subList(2, arguments.length));
        var dist = Path.of(arguments[0]);
        var home = Path.of(arguments[1]);
        boolean good;
        try (var models = new ModelServer()) {
            ModelHome.prepare(dist, home, models, List.of(TurnRun.DELAY));
            TurnRun.prepare(home);
            try (var hub = Hub.start(dist, home);
                    var run = new TurnRun(options, models, hub)) {
                System.out.println(Machine.describe());
                System.out.println(HEAD);
                var rows = run.run(ModelHome.open(hub), TurnBench::print);
                System.out.printf(
                        "%nresident: hub %d MB, PostgreSQL %d MB%n",
                        Usage.of(hub.pid()).bytes() >> 20,
                        Usage.ofTree(hub.database().pid()).bytes() >> 20);
                var balance = rows.stream().allMatch(TurnRun.Row::balances);
                good = balance & Goal.judge(TurnGoals.of(rows));
            }
        }
        if (!good) System.exit(1);
    }

    private static void print(TurnRun.Row row) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f | %d = %d attempts | %s |%n",
                row.codec(),
                row.customers(),
                row.load().perSecond(),
                row.straight().perSecond(),
                row.load().millis(0.5),
                row.load().millis(0.99),
                row.straight().wholeMillis(0.5),
                row.addedMillis(),
                row.cpuMillis(),
                row.databaseMillis(),
                row.asked(),
                row.booked(),
                row.balances() ? "balances" : "DOES NOT BALANCE");
    }
}
