package io.kefuhub.bench.models;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.Usage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Chat completions straight from a model server, through the packaged hub, and through a peer if there is one, in turn. */
public final class GatewayRun {
    private final GatewayOptions options;
    private final ModelServer models;
    private final Hub hub;
    private final String token;
    private final Optional<PeerGateway> peer;

    private GatewayRun(GatewayOptions options, ModelServer models, Hub hub, String token, Optional<PeerGateway> peer) {
        this.options = options;
        this.models = models;
        this.hub = hub;
        this.token = token;
        this.peer = peer;
    }

    /** What came out of one way. */
    public record Side(ChatLoad.Result load, double cpuMillis, double databaseMillis) {}

    /**
     * One line of the table.
     *
     * @param delay milliseconds of the model server
     */
    public record Row(
            int delay, boolean stream, int connections, ChatLoad.Result straight, Side hub, Optional<Side> peer) {
        double addedMillis() {
            return hub.load().firstMillis(0.5) - straight.firstMillis(0.5);
        }
    }

    /**
     * What came out.
     *
     * @param calls that the model server answered for the hub
     * @param attempts of the books meanwhile
     * @param books what they say at the end
     */
    public record Outcome(
            List<Row> rows, long hubBytes, long databaseBytes, long calls, long attempts, ModelBooks.Counts books) {
        /** Whether each call is one answered and paid attempt, and nothing is left reserved. */
        public boolean balances() {
            return calls > 0 && attempts == calls && books.balances(books.attempts());
        }
    }

    /** Asks through the hub alone. */
    public static Outcome alone(GatewayOptions options, ModelServer models, Hub hub, String token) throws Exception {
        return new GatewayRun(options, models, hub, token, Optional.empty()).run(_ -> {});
    }

    /** @param told each line as it comes */
    static Outcome beside(
            PeerGateway peer, GatewayOptions options, ModelServer models, Hub hub, String token, Consumer<Row> told)
            throws Exception {
        return new GatewayRun(options, models, hub, token, Optional.of(peer)).run(told);
    }

    private Outcome run(Consumer<Row> told) throws Exception {
        try (var books = new ModelBooks(hub)) {
            for (var delay : options.delays()) {
                ChatLoad.awaitAnswer(ModelHome.target(hub, token, delay), List.of(false, true));
                if (peer.isPresent()) peer.get().awaitAnswer(models.address(delay));
            }
            ModelHome.settle(books);
            var before = books.count();
            var first = options.delays().getFirst();
            var calls = warm(ModelHome.target(hub, token, first));
            if (peer.isPresent()) warm(peer.get().target(models.address(first)));
            var rows = new ArrayList<Row>();
            for (var delay : options.delays()) {
                for (var stream : options.streams()) {
                    for (var connections : options.connections()) {
                        var straight = straight(delay, stream, connections);
                        var counted = models.calls();
                        var ofHub = ofHub(delay, stream, connections);
                        calls += models.calls() - counted;
                        var row = new Row(
                                delay, stream, connections, straight, ofHub, ofPeer(delay, stream, connections));
                        rows.add(row);
                        told.accept(row);
                    }
                }
            }
            ModelHome.settle(books);
            var after = books.count();
            return new Outcome(
                    rows,
                    Usage.of(hub.pid()).bytes(),
                    Usage.ofTree(hub.database().pid()).bytes(),
                    calls,
                    after.attempts() - before.attempts(),
                    after);
        }
    }

    private long warm(ChatTarget target) throws IOException {
        var calls = models.calls();
        for (var stream : options.streams()) {
            new ChatLoad(target, stream, 32).run(0, options.first() / 2, () -> {});
        }
        return models.calls() - calls;
    }

    private ChatLoad.Result straight(int delay, boolean stream, int connections) throws IOException {
        var upstream = URI.create(models.address(delay));
        var target =
                new ChatTarget("model server", upstream, upstream.getPath() + "/chat/completions", "stub", Map.of());
        return new ChatLoad(target, stream, connections).run(0.5, Math.min(2, options.seconds()), () -> {});
    }

    private Side ofHub(int delay, boolean stream, int connections) throws IOException {
        var used = new Cpu(hub.pid(), hub.database().pid());
        return side(ModelHome.target(hub, token, delay), stream, connections, used);
    }

    private Optional<Side> ofPeer(int delay, boolean stream, int connections) throws IOException {
        if (peer.isEmpty()) return Optional.empty();
        var used = new Cpu(peer.get().pid(), 0);
        return Optional.of(side(peer.get().target(models.address(delay)), stream, connections, used));
    }

    private Side side(ChatTarget target, boolean stream, int connections, Cpu used) throws IOException {
        var load = new ChatLoad(target, stream, connections).run(options.warmUp(), options.seconds(), used);
        used.end();
        var answers = load.whole().length;
        return new Side(load, used.millis(answers), used.databaseMillis(answers));
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
