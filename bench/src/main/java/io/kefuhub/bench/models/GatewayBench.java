package io.kefuhub.bench.models;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.Machine;
import io.kefuhub.bench.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Chat completions straight from a model server, through the packaged hub and through a gateway from npm, in turn and in
 * one run, and what must come of it. {@code bench/gateway} calls it.
 */
public final class GatewayBench {
    private static final String HEAD = """
            | model server | answer | connections | straight/s | hub/s | peer/s | hub ÷ peer | first words p50 ms, straight | hub | peer | added by the hub | hub p99 | peer p99 | CPU ms an answer, hub | PostgreSQL | peer |
            |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|""";

    private GatewayBench() {}

    /** {@code DIST HOME PEER [options]}; see {@link GatewayOptions}. */
    public static void main(String[] arguments) throws Exception {
        var options = GatewayOptions.of(List.of(arguments).subList(3, arguments.length));
        var dist = Path.of(arguments[0]);
        var home = Path.of(arguments[1]);
        boolean good;
        try (var models = new ModelServer()) {
            ModelHome.prepare(dist, home, models, options.delays());
            try (var hub = Hub.start(dist, home);
                    var peer = new PeerGateway(Path.of(arguments[2]))) {
                System.out.println(Machine.describe());
                System.out.println(HEAD);
                var outcome = GatewayRun.beside(peer, options, models, hub, ModelHome.open(hub), GatewayBench::print);
                print(outcome, Usage.of(peer.pid()).bytes());
                good = outcome.balances() & Goal.judge(GatewayGoals.of(outcome));
            }
        }
        if (!good) System.exit(1);
    }

    private static void print(GatewayRun.Row row) {
        var hub = row.hub();
        var peer = row.peer().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "| %d ms | %s | %d | %.0f | %.0f | %.0f | %.2f | %.2f | %.2f | %.2f | %.2f | %.1f | %.1f | %.3f | %.3f | %.3f |%n",
                row.delay(),
                row.stream() ? "streamed" : "whole",
                row.connections(),
                row.straight().perSecond(),
                hub.load().perSecond(),
                peer.load().perSecond(),
                hub.load().perSecond() / peer.load().perSecond(),
                row.straight().firstMillis(0.5),
                hub.load().firstMillis(0.5),
                peer.load().firstMillis(0.5),
                row.addedMillis(),
                hub.load().wholeMillis(0.99),
                peer.load().wholeMillis(0.99),
                hub.cpuMillis(),
                hub.databaseMillis(),
                peer.cpuMillis());
    }

    private static void print(GatewayRun.Outcome outcome, long peerBytes) {
        System.out.printf(
                "%nresident: hub %d MB, PostgreSQL %d MB, peer %d MB%n",
                outcome.hubBytes() >> 20, outcome.databaseBytes() >> 20, peerBytes >> 20);
        var books = outcome.books();
        System.out.printf(
                "books: %d calls, %d attempts, %d of %d in all answered, cost %d = spent %d, reserved %d, open %d: %s%n",
                outcome.calls(),
                outcome.attempts(),
                books.answered(),
                books.attempts(),
                books.cost(),
                books.spent(),
                books.reserved(),
                books.open(),
                outcome.balances() ? "balances" : "DOES NOT BALANCE");
    }
}
