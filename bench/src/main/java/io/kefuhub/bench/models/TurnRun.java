package io.kefuhub.bench.models;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.JsonWire;
import io.kefuhub.bench.Ledger;
import io.kefuhub.bench.Load;
import io.kefuhub.bench.ProtoWire;
import io.kefuhub.bench.Usage;
import io.kefuhub.bench.Visitors;
import io.kefuhub.bench.Wire;
import io.kefuhub.bench.plugin.AskPlugin;
import io.kefuhub.bench.swap.PluginJars;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Customers' questions on web sockets that a model answers, streamed, against the model server asked straight. */
public final class TurnRun implements AutoCloseable {
    /** Milliseconds that the model takes. */
    public static final int DELAY = 50;

    private static final int FIRST_CUSTOMERS = 64;

    private final GatewayOptions options;
    private final ModelServer models;
    private final Hub hub;
    private final Visitors visitors;

    /** @param options of which the delays do not count */
    public TurnRun(GatewayOptions options, ModelServer models, Hub hub) {
        this.options = options;
        this.models = models;
        this.hub = hub;
        visitors = new Visitors(hub.url);
    }

    /**
     * One line of the table.
     *
     * @param booked attempts that were answered
     * @param balances whether questions, answers and books are one number, and nothing is left reserved
     */
    public record Row(
            String codec,
            int customers,
            ChatLoad.Result straight,
            Load.Result load,
            double cpuMillis,
            double databaseMillis,
            long asked,
            long booked,
            boolean balances) {
        double addedMillis() {
            return load.millis(0.5) - straight.wholeMillis(0.5);
        }
    }

    /** Has the hub ask the model about everything; called behind {@link ModelHome#prepare}. */
    public static void prepare(Path home) throws IOException {
        Files.write(
                home.resolve("plugins/" + AskPlugin.RESPONDER + ".jar"),
                PluginJars.packed(AskPlugin.RESPONDER, "1.0.0", AskPlugin.class));
        Files.writeString(home.resolve("conf/ask.yaml"), """
                responders:
                  ask: {type: %s, title: Ask, order: 0, settings: {alias: %s}}
                  faq: {type: faq, order: 1}
                """.formatted(AskPlugin.RESPONDER, ModelHome.alias(DELAY)));
    }

    /**
     * Returns when all lines are there.
     *
     * @param token that may ask the hub for completions
     * @param told each line as it comes
     */
    public List<Row> run(String token, Consumer<Row> told) throws Exception {
        ChatLoad.awaitAnswer(ModelHome.target(hub, token, DELAY), List.of(true));
        var rows = new ArrayList<Row>();
        try (var ledger = new Ledger(hub);
                var books = new ModelBooks(hub)) {
            warm();
            for (Wire wire : List.of(new JsonWire(), new ProtoWire())) {
                for (var customers : options.connections()) {
                    rows.add(row(wire, customers, ledger, books));
                    told.accept(rows.getLast());
                }
            }
        }
        return rows;
    }

    private void warm() throws Exception {
        var seconds = (int) options.first();
        if (seconds == 0) return;
        try (var load = new Load(visitors, new JsonWire(), FIRST_CUSTOMERS, true)) {
            load.everyone();
            load.pass(seconds);
            load.finish();
        }
    }

    private Row row(Wire wire, int customers, Ledger ledger, ModelBooks books) throws Exception {
        var straight = straight(customers);
        ModelHome.settle(books);
        var before = ledger.count();
        var attempts = books.count();
        try (var load = new Load(visitors, wire, customers, true)) {
            load.everyone();
            load.pass((int) Math.ceil(options.warmUp()));
            var hubBefore = Usage.of(hub.pid());
            var databaseBefore = Usage.ofTree(hub.database().pid());
            var result = load.count((int) Math.ceil(options.seconds()));
            var ofHub = Usage.of(hub.pid()).since(hubBefore);
            var ofDatabase = Usage.ofTree(hub.database().pid()).since(databaseBefore);
            load.finish();
            ModelHome.settle(books);
            var counts = ledger.count().minus(before);
            var after = books.count();
            var booked = after.answered() - attempts.answered();
            var turns = Math.max(1, result.nanos().length);
            return new Row(
                    wire.subprotocol(),
                    customers,
                    straight,
                    result,
                    1e3 * ofHub.cpuSeconds() / turns,
                    1e3 * ofDatabase.cpuSeconds() / turns,
                    load.asked(),
                    booked,
                    load.asked() > 0
                            && counts.balances(load.asked(), load.answers())
                            && booked == load.asked()
                            && after.balances(after.attempts()));
        }
    }

    private ChatLoad.Result straight(int customers) throws IOException {
        var upstream = URI.create(models.address(DELAY));
        var target =
                new ChatTarget("model server", upstream, upstream.getPath() + "/chat/completions", "stub", Map.of());
        return new ChatLoad(target, true, customers).run(0.5, Math.min(2, options.seconds()), () -> {});
    }

    @Override
    public void close() {
        visitors.close();
    }
}
