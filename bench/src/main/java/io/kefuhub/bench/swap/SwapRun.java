package io.kefuhub.bench.swap;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.JsonWire;
import io.kefuhub.bench.Ledger;
import io.kefuhub.bench.Load;
import io.kefuhub.bench.Newcomers;
import io.kefuhub.bench.ProtoWire;
import io.kefuhub.bench.Streaming;
import io.kefuhub.bench.Visitors;
import io.kefuhub.bench.plugin.ReplyPlugin;
import io.kefuhub.bench.plugin.WatchPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Customers ask at a steady rate, first in peace, then while a filter, a responder and the channel itself are swapped. */
public final class SwapRun implements AutoCloseable {
    private static final double NEWCOMERS_PER_SECOND = 1;
    private static final long LOOK = 1_000_000_000;

    private final SwapOptions options;
    private final Visitors visitors;
    private final Ledger ledger;
    private final Owner owner;
    private final Activations activations;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final List<Swapping> swaps;

    /**
     * Sockets and streams that are meant to stay.
     *
     * @param held of those that were opened, when all was over
     */
    public record Connections(long opened, long held) {
        public boolean areAllHeld() {
            return opened == held;
        }
    }

    /**
     * What came out.
     *
     * @param calm empty when nothing was counted before the swaps
     * @param newcomers who came and went meanwhile
     * @param again how many of them began anew, because the channel was swapped between their two calls
     * @param streamed answers that came over one stream
     * @param judged questions by the version of the filter that judged them
     * @param answered answers of the responder by its version
     * @param took from each drop to serving, by plugin
     * @param due how many swaps of each plugin the rhythm asks for
     */
    public record Outcome(
            Load.Result calm,
            Load.Result swapping,
            long asked,
            long answers,
            long newcomers,
            long again,
            long streamed,
            Connections connections,
            Ledger.Counts counts,
            Map<String, Long> judged,
            Map<String, Long> answered,
            Map<String, List<Duration>> took,
            long due) {
        /** Whether every question was stored, judged and answered once, and its answer seen once and in order. */
        public boolean balances() {
            var all = judged.values().stream().mapToLong(Long::longValue).sum();
            return counts.balances(asked, answers) && all == asked;
        }

        /** Whether every plugin was swapped nine of ten times that it was due. */
        public boolean keptPace() {
            return took.values().stream().allMatch(swaps -> swaps.size() * 10L >= due * 9);
        }

        /** Whether of the filter and the responder, so far as they were swapped, either version did its work. */
        public boolean bothServed() {
            return (!took.containsKey(WatchPlugin.FILTER) || judged.keySet().equals(PluginJars.BOTH))
                    && (!took.containsKey(ReplyPlugin.RESPONDER)
                            || answered.keySet().equals(PluginJars.BOTH));
        }

        /** How many swaps there were. */
        public int swaps() {
            return took.values().stream().mapToInt(List::size).sum();
        }

        public Duration slowest() {
            return took.values().stream()
                    .flatMap(List::stream)
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }
    }

    /** Declares who swaps in the home of a hub that was not started yet. */
    public static void prepare(Path home) throws IOException {
        Owner.declare(home);
    }

    public SwapRun(Hub hub, Path dist, SwapOptions options) throws IOException, SQLException, InterruptedException {
        this.options = options;
        visitors = new Visitors(hub.url);
        ledger = new Ledger(hub);
        owner = new Owner(hub);
        activations = new Activations(owner.console);
        var jars = new PluginJars(hub.home.resolve("plugins"));
        var filter = swapping(jars.filter());
        var responder = swapping(jars.responder());
        var channel = swapping(jars.channel(dist));
        for (var swap : List.of(filter, responder, channel)) swap.begin();
        swaps = switch (options.jar()) {
            case "filter" -> List.of(filter);
            case "responder" -> List.of(responder);
            case "channel" -> List.of(channel);
            default -> List.of(filter, responder, channel);
        };
        owner.addResponder(ReplyPlugin.RESPONDER);
    }

    private Swapping swapping(Swapped plugin) {
        return new Swapping(plugin, activations, options.rhythm(), e -> failure.compareAndSet(null, e));
    }

    public Outcome run() throws IOException, SQLException, InterruptedException {
        var before = ledger.count();
        try (var json = new Load(visitors, new JsonWire(), options.customers() / 2, false);
                var proto = new Load(visitors, new ProtoWire(), options.customers() / 2, false);
                var newcomers = new Newcomers(visitors, NEWCOMERS_PER_SECOND);
                var streaming = new Streaming(visitors)) {
            json.steady(options.rate() / 2);
            proto.steady(options.rate() / 2);
            json.pass(options.warmUp());
            var calm = count(json, proto, options.calm());
            var threads = swaps.stream().map(Thread.ofVirtual()::start).toList();
            var swapping = count(json, proto, options.seconds());
            swaps.forEach(Swapping::stop);
            for (var thread : threads) thread.join();
            throwFailure();
            newcomers.finish();
            streaming.finish();
            json.finish();
            proto.finish();
            var others = newcomers.served() + streaming.answers();
            var held = json.connected() + proto.connected() + (streaming.isOpen() ? 1 : 0);
            return new Outcome(
                    calm,
                    swapping,
                    json.asked() + proto.asked() + others,
                    json.answers() + proto.answers() + others,
                    newcomers.served(),
                    newcomers.again(),
                    streaming.answers(),
                    new Connections(options.customers() / 2 * 2L + 1, held),
                    ledger.count().minus(before),
                    ledger.judgedBy(WatchPlugin.FILTER),
                    ledger.answeredBy(ReplyPlugin.RESPONDER),
                    took(),
                    Duration.ofSeconds(options.seconds()).dividedBy(options.rhythm()));
        }
    }

    private static Load.Result count(Load json, Load proto, int seconds) {
        var beside = CompletableFuture.supplyAsync(() -> proto.count(seconds));
        return json.count(seconds).and(beside.join());
    }

    private void throwFailure() {
        var failed = failure.get();
        if (failed != null) throw failed;
    }

    private Map<String, List<Duration>> took() {
        var took = new LinkedHashMap<String, List<Duration>>();
        swaps.forEach(swap -> took.put(swap.name(), List.copyOf(swap.took())));
        return took;
    }

    /** Waits until the hub has proved that everything it unloaded is gone from memory; says what is left if it cannot. */
    public List<String> awaitUnloaded(Duration limit) throws IOException {
        var end = System.nanoTime() + limit.toNanos();
        while (true) {
            var left = owner.left();
            if (left.unloading() == 0) return left.leaks();
            if (System.nanoTime() - end >= 0) {
                return left.leaks().isEmpty() ? List.of(left.unloading() + " generations") : left.leaks();
            }
            LockSupport.parkNanos(LOOK);
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        activations.close();
        owner.close();
        ledger.close();
        visitors.close();
    }
}
