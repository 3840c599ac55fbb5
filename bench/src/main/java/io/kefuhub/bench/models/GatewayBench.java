package io.kefuhub.bench.models;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.Machine;
import io.kefuhub.bench.Usage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Chat completions straight from a model server, through the packaged hub and through a gateway from npm, in turn and in
 * one run. {@code bench/gateway} calls it.
 */
public final class GatewayBench {
    private static final String HEAD = """
            | model server | answer | connections | straight/s | hub/s | peer/s | hub ÷ peer | first words p50 ms, straight | hub | peer | added by the hub | hub p99 | peer p99 | CPU ms an answer, hub | PostgreSQL | peer |
            |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|""";

    private final GatewayOptions options;
    private final ModelServer models;
    private final Hub hub;
    private final String token;
    private final PeerGateway peer;

    private GatewayBench(GatewayOptions options, ModelServer models, Hub hub, String token, PeerGateway peer) {
        this.options = options;
        this.models = models;
        this.hub = hub;
        this.token = token;
        this.peer = peer;
    }

    /** {@code DIST HOME PEER [options]}; see {@link GatewayOptions}. */
    public static void main(String[] arguments) throws Exception {
        var options = GatewayOptions.of(List.of(arguments).subList(3, arguments.length));
        var dist = Path.of(arguments[0]);
        var home = Path.of(arguments[1]);
        try (var models = new ModelServer()) {
            ModelHome.prepare(dist, home, models, options.delays());
            try (var hub = Hub.start(dist, home);
                    var peer = new PeerGateway(Path.of(arguments[2]))) {
                var token = ModelHome.open(hub);
                if (!new GatewayBench(options, models, hub, token, peer).run()) System.exit(1);
            }
        }
    }

    private boolean run() throws Exception {
        System.out.println(Machine.describe());
        try (var books = new ModelBooks(hub)) {
            for (var delay : options.delays()) {
                ChatLoad.awaitAnswer(ModelHome.target(hub, token, delay), List.of(false, true));
                peer.awaitAnswer(models.address(delay));
            }
            ModelHome.settle(books);
            var before = books.count();
            var hubCalls = 0L;
            hubCalls += warm(ModelHome.target(hub, token, options.delays().getFirst()));
            warm(peer.target(models.address(options.delays().getFirst())));
            System.out.println(HEAD);
            for (var delay : options.delays()) {
                for (var stream : List.of(false, true)) {
                    for (var connections : options.connections()) hubCalls += cell(delay, stream, connections);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%nresident: hub %d MB, PostgreSQL %d MB, peer %d MB%n",
                    Usage.of(hub.pid()).bytes() >> 20,
                    Usage.ofTree(hub.database().pid()).bytes() >> 20,
                    Usage.of(peer.pid()).bytes() >> 20);
            ModelHome.settle(books);
            var after = books.count();
            var asked = after.attempts() - before.attempts();
            var good = after.balances(after.attempts()) && asked == hubCalls;
            System.out.printf(
                    "books: %d calls, %d attempts, %d answered, cost %d = spent %d, reserved %d, open %d: %s%n",
                    hubCalls,
                    asked,
                    after.answered() - before.answered(),
                    after.cost(),
                    after.spent(),
                    after.reserved(),
                    after.open(),
                    good ? "balances" : "DOES NOT BALANCE");
            return good;
        }
    }

    private long warm(ChatTarget target) throws IOException {
        var calls = models.calls();
        for (var stream : List.of(false, true)) {
            new ChatLoad(target, stream, 32).run(0, options.first() / 2, () -> {});
        }
        return models.calls() - calls;
    }

    /** Returns how many questions the hub was asked. */
    private long cell(int delay, boolean stream, int connections) throws IOException {
        var upstream = URI.create(models.address(delay));
        var straight =
                new ChatTarget("model server", upstream, upstream.getPath() + "/chat/completions", "stub", Map.of());
        var direct = new ChatLoad(straight, stream, connections).run(0.5, Math.min(2, options.seconds()), () -> {});
        var calls = models.calls();
        var ofHub = new Cpu(hub.pid(), hub.database().pid());
        var throughHub = new ChatLoad(ModelHome.target(hub, token, delay), stream, connections)
                .run(options.warmUp(), options.seconds(), ofHub);
        ofHub.end();
        calls = models.calls() - calls;
        var ofPeer = new Cpu(peer.pid(), 0);
        var throughPeer = new ChatLoad(peer.target(models.address(delay)), stream, connections)
                .run(options.warmUp(), options.seconds(), ofPeer);
        ofPeer.end();
        System.out.printf(
                Locale.ROOT,
                "| %d ms | %s | %d | %.0f | %.0f | %.0f | %.2f | %.2f | %.2f | %.2f | %.2f | %.1f | %.1f | %.3f | %.3f | %.3f |%n",
                delay,
                stream ? "streamed" : "whole",
                connections,
                direct.perSecond(),
                throughHub.perSecond(),
                throughPeer.perSecond(),
                throughHub.perSecond() / throughPeer.perSecond(),
                direct.firstMillis(0.5),
                throughHub.firstMillis(0.5),
                throughPeer.firstMillis(0.5),
                throughHub.firstMillis(0.5) - direct.firstMillis(0.5),
                throughHub.wholeMillis(0.99),
                throughPeer.wholeMillis(0.99),
                ofHub.millis(throughHub.whole().length),
                ofHub.databaseMillis(throughHub.whole().length),
                ofPeer.millis(throughPeer.whole().length));
        return calls;
    }

    /** Processor time from the moment at which the counting begins. */
    private static final class Cpu implements Runnable {
        private final long process;
        private final long database;
        private double own;
        private double ofDatabase;

        Cpu(long process, long database) {
            this.process = process;
            this.database = database;
        }

        @Override
        public void run() {
            own = -seconds(process);
            ofDatabase = -seconds(database);
        }

        void end() {
            own += seconds(process);
            ofDatabase += seconds(database);
        }

        double millis(int answers) {
            return 1e3 * own / Math.max(1, answers);
        }

        double databaseMillis(int answers) {
            return 1e3 * ofDatabase / Math.max(1, answers);
        }

        private static double seconds(long pid) {
            try {
                return pid == 0 ? 0 : Usage.ofTree(pid).cpuSeconds();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
