package io.kefuhub.bench.models;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.JsonWire;
import io.kefuhub.bench.Ledger;
import io.kefuhub.bench.Load;
import io.kefuhub.bench.Machine;
import io.kefuhub.bench.ProtoWire;
import io.kefuhub.bench.Usage;
import io.kefuhub.bench.Visitors;
import io.kefuhub.bench.Wire;
import io.kefuhub.bench.plugin.AskPlugin;
import io.kefuhub.bench.swap.PluginJars;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Customers' questions on web sockets that a model answers, streamed, against the model server asked straight. {@code
 * bench/model-turns} calls it.
 */
public final class TurnBench {
    private static final int DELAY = 50;
    private static final String HEAD = """
            | codec | customers | turns/s | straight/s | p50 ms | p99 ms | straight p50 ms | added p50 ms | CPU ms a turn, hub | PostgreSQL | turns | books |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|""";

    private final GatewayOptions options;
    private final ModelServer models;
    private final Hub hub;
    private final Visitors visitors;

    private TurnBench(GatewayOptions options, ModelServer models, Hub hub, Visitors visitors) {
        this.options = options;
        this.models = models;
        this.hub = hub;
        this.visitors = visitors;
    }

    /** {@code DIST HOME [options]}; see {@link GatewayOptions}, of which the delays do not count. */
    public static void main(String[] arguments) throws Exception {
        var options = GatewayOptions.of(List.of(arguments).subList(2, arguments.length));
        var dist = Path.of(arguments[0]);
        var home = Path.of(arguments[1]);
        try (var models = new ModelServer()) {
            ModelHome.prepare(dist, home, models, List.of(DELAY));
            Files.write(
                    home.resolve("plugins/" + AskPlugin.RESPONDER + ".jar"),
                    PluginJars.packed(AskPlugin.RESPONDER, "1.0.0", AskPlugin.class));
            Files.writeString(
                    home.resolve("conf/ask.yaml"), """
                    responders:
                      ask: {type: %s, title: Ask, order: 1, settings: {alias: %s}}
                    """.formatted(AskPlugin.RESPONDER, ModelHome.alias(DELAY)));
            try (var hub = Hub.start(dist, home);
                    var visitors = new Visitors(hub.url)) {
                var token = ModelHome.open(hub);
                ChatLoad.awaitAnswer(ModelHome.target(hub, token, DELAY), List.of(true));
                if (!new TurnBench(options, models, hub, visitors).run()) System.exit(1);
            }
        }
    }

    private boolean run() throws Exception {
        System.out.println(Machine.describe());
        var good = true;
        try (var ledger = new Ledger(hub);
                var books = new ModelBooks(hub)) {
            warm();
            System.out.println(HEAD);
            for (Wire wire : List.of(new JsonWire(), new ProtoWire())) {
                for (var customers : options.connections()) good &= load(wire, customers, ledger, books);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%nresident: hub %d MB, PostgreSQL %d MB%n",
                Usage.of(hub.pid()).bytes() >> 20,
                Usage.ofTree(hub.database().pid()).bytes() >> 20);
        return good;
    }

    private void warm() throws Exception {
        try (var load = new Load(visitors, new JsonWire(), 64, true)) {
            load.everyone();
            load.pass((int) options.first());
            load.finish();
        }
    }

    private boolean load(Wire wire, int customers, Ledger ledger, ModelBooks books) throws Exception {
        var upstream = URI.create(models.address(DELAY));
        var straight = new ChatLoad(
                        new ChatTarget(
                                "model server", upstream, upstream.getPath() + "/chat/completions", "stub", Map.of()),
                        true,
                        customers)
                .run(0.5, 2, () -> {});
        ModelHome.settle(books);
        var before = ledger.count();
        var attempts = books.count();
        try (var load = new Load(visitors, wire, customers, true)) {
            load.everyone();
            load.pass((int) Math.ceil(options.warmUp()));
            var hubBefore = Usage.of(hub.pid());
            var databaseBefore = Usage.ofTree(hub.database().pid());
            var result = load.count((int) options.seconds());
            var ofHub = Usage.of(hub.pid()).since(hubBefore);
            var ofDatabase = Usage.ofTree(hub.database().pid()).since(databaseBefore);
            load.finish();
            ModelHome.settle(books);
            var counts = ledger.count().minus(before);
            var after = books.count();
            var booked = after.answered() - attempts.answered();
            var good = counts.balances(load.asked(), load.answers())
                    && booked == load.asked()
                    && after.balances(after.attempts());
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.0f | %.0f | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f | %d = %d attempts | %s |%n",
                    wire.subprotocol(),
                    customers,
                    result.perSecond(),
                    straight.perSecond(),
                    result.millis(0.5),
                    result.millis(0.99),
                    straight.wholeMillis(0.5),
                    result.millis(0.5) - straight.wholeMillis(0.5),
                    1e3 * ofHub.cpuSeconds() / Math.max(1, result.nanos().length),
                    1e3 * ofDatabase.cpuSeconds() / Math.max(1, result.nanos().length),
                    load.asked(),
                    booked,
                    good ? "balances" : "DOES NOT BALANCE");
            return good;
        }
    }
}
