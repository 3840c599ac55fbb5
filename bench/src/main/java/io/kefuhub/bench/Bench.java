package io.kefuhub.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Starts the packaged hub, loads it and prints one table. {@code bench/run} calls it. */
public final class Bench {
    private final Options options;
    private final Hub hub;
    private final Visitors visitors;
    private final Ledger ledger;

    private Bench(Options options, Hub hub, Visitors visitors, Ledger ledger) {
        this.options = options;
        this.hub = hub;
        this.visitors = visitors;
        this.ledger = ledger;
    }

    /** {@code DIST HOME [options]}; see {@link Options}. */
    public static void main(String[] arguments) throws IOException, SQLException {
        var options = Options.of(List.of(arguments).subList(2, arguments.length));
        try (var hub = Hub.start(Path.of(arguments[0]), Path.of(arguments[1]));
                var visitors = new Visitors(hub.url);
                var ledger = new Ledger(hub)) {
            if (!new Bench(options, hub, visitors, ledger).run()) System.exit(1);
        }
    }

    private boolean run() throws IOException, SQLException {
        System.out.println(Machine.describe());
        // First, because what a load left behind would hide what sockets need.
        for (var sockets : options.idle()) System.out.println(idle(sockets));
        System.out.println(Row.HEAD);
        var good = true;
        for (var round = 0; round < options.rounds(); round++) {
            for (var wire : List.of(new JsonWire(), new ProtoWire())) {
                for (var count : options.customers()) good &= load(wire, count, 0);
                if (options.rate() > 0) good &= load(wire, options.rate() / 2, options.rate());
            }
        }
        return good;
    }

    /** @param rate questions a second, or 0 for as many as are answered */
    private boolean load(Wire wire, int count, int rate) throws IOException, SQLException {
        var before = ledger.count();
        try (var load = new Load(visitors, wire, Math.max(1, count), rate == 0)) {
            if (rate == 0) load.everyone();
            else load.steady(rate);
            load.pass(options.warmUp());
            var hubBefore = Usage.of(hub.pid());
            var databaseBefore = Usage.ofTree(hub.database().pid());
            var ownBefore = Usage.of(ProcessHandle.current().pid());
            var result = load.count(options.seconds());
            var row = new Row(
                    wire.subprotocol(),
                    rate == 0 ? count + " customers" : rate + "/s",
                    result,
                    Usage.of(hub.pid()).since(hubBefore),
                    Usage.ofTree(hub.database().pid()).since(databaseBefore),
                    Usage.of(ProcessHandle.current().pid()).since(ownBefore));
            load.finish();
            var counts = ledger.count().minus(before);
            var good = counts.balances(load.asked(), load.answers());
            System.out.println(row.text(load.asked(), counts, good));
            return good;
        }
    }

    private String idle(int count) throws IOException {
        hub.collectGarbage();
        var before = Usage.of(hub.pid());
        try (var load = new Load(visitors, new JsonWire(), count, true)) {
            hub.collectGarbage();
            var opened = Usage.of(hub.pid());
            load.pass(options.seconds());
            var held = Usage.of(hub.pid());
            return "%,d idle sockets held for %d s, none lost: hub %,d MB before, %,d MB with them, %.1f KB each; %.2f s of CPU while idle%n"
                    .formatted(
                            count,
                            options.seconds(),
                            before.bytes() >> 20,
                            held.bytes() >> 20,
                            (opened.bytes() - before.bytes()) / 1024.0 / count,
                            held.cpuSeconds() - opened.cpuSeconds());
        }
    }
}
