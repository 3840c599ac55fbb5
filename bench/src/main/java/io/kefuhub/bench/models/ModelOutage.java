package io.kefuhub.bench.models;

import io.kefuhub.bench.Machine;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.EmbeddedPostgres;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.http.HttpClients;
import io.kefuhub.core.http.HttpSettings;
import io.kefuhub.core.models.CallWitness;
import io.kefuhub.core.models.RoughEstimate;
import io.kefuhub.core.models.catalogue.Alias;
import io.kefuhub.core.models.catalogue.CatalogueKeeper;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.money.KeepingRules;
import io.kefuhub.core.models.money.MoneyRoom;
import io.kefuhub.core.models.routing.ModelMetrics;
import io.kefuhub.core.models.routing.Parts;
import io.kefuhub.core.models.routing.RoutedModels;
import io.kefuhub.core.models.routing.Tempo;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.InstanceStore;
import io.kefuhub.core.plugin.InstanceTasks;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.LentContext;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.telemetry.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes every model away from an assistant while a hundred questions come in each second, with the packed plugin, the real
 * books, the demo shop's knowledge and the usual deadlines. {@code bench/outage-models} calls it.
 */
public final class ModelOutage implements AutoCloseable {
    private static final Duration WARM = Duration.ofSeconds(5);
    private static final int LEAST_SECONDS = 20;
    private static final int FIRST = 400;

    private final Upstream one = new Upstream();
    private final Upstream two = new Upstream();
    private final EmbeddedPostgres postgres;
    private final Database database;
    private final Guard guard = new Guard();
    private final HttpClients clients = new HttpClients(HttpSettings.DEFAULT);
    private final Contributions contributions = new Contributions();
    private final MoneyRoom money;
    private final RoutedModels models;
    private final Assistant assistant;
    private final AtomicInteger number = new AtomicInteger();
    private final Path jar;

    private ModelOutage(Path dist, Path home) throws IOException, ReflectiveOperationException {
        jar = dist.resolve("plugins-available/ai-openai-1.0.0.jar");
        postgres = EmbeddedPostgres.start(home, _ -> {});
        database = Database.open(postgres.address());
        var clock = Clock.systemUTC();
        var ids = new Ids(clock);
        var audit = new AuditLog();
        money = new MoneyRoom(database, audit, ids, clock, "bench", ZoneId.systemDefault(), () -> KeepingRules.USUAL);
        money.start();
        var keeper = new CatalogueKeeper(database, audit, clock, Deployment::instance);
        keeper.change("bench", change -> {
            change.keep(deployment("one"));
            change.keep(deployment("two"));
            change.keep(new Alias("support", "", List.of("one", "two"), Optional.empty(), Optional.empty()));
            return true;
        });
        provider("one", one, clock);
        provider("two", two, clock);
        models = new RoutedModels(new Parts(
                contributions,
                guard,
                keeper,
                money.ledger(),
                new RoughEstimate(),
                ids,
                clock,
                new ModelMetrics(new Metrics()),
                CallWitness.NOBODY,
                () -> Tempo.USUAL));
        assistant = new Assistant(database, audit, ids, clock, "support", models);
    }

    private static Deployment deployment(String key) {
        return new Deployment(
                key,
                "",
                key,
                "model-" + key,
                new Deployment.Traits(32_000, 4_000, false, false, false, 1),
                new Deployment.Limits(32, 0, 0, Deployment.Patience.USUAL),
                new Deployment.Billing(true, false),
                true,
                Optional.empty(),
                Optional.empty());
    }

    private void provider(String key, Upstream upstream, Clock clock) throws IOException, ReflectiveOperationException {
        var address = "127.0.0.1:" + upstream.port();
        var lent = new LentContext(
                key,
                clients.open(AllowedHosts.of(List.of(address)), Duration.ofSeconds(2), listener -> listener),
                new NoFiles(),
                new InstanceStore(database, "bench:" + key, clock),
                new InstanceTasks(key, getClass().getClassLoader()),
                clock);
        var provider = PackedPlugin.provider(
                jar, "openai-compatible", Map.of("address", "http://" + address + "/v1", "key", "sk-bench"), lent);
        contributions.replace(Slot.of(Kind.AI_PROVIDER, key, provider));
    }

    /** {@code DIST HOME [seconds]}. */
    public static void main(String[] arguments) throws Exception {
        var seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 60;
        if (seconds < LEAST_SECONDS) throw new IllegalArgumentException("at least " + LEAST_SECONDS + " seconds");
        System.out.print(Machine.describe());
        System.out.printf(
                "all models down for %d s each time, %d questions a second%n%n", seconds, OutageRow.PER_SECOND);
        System.out.println(OutageRow.HEAD);
        var good = true;
        try (var outage = new ModelOutage(Path.of(arguments[0]), Path.of(arguments[1]))) {
            outage.warm();
            for (var state : List.of(Upstream.State.OVERLOADED, Upstream.State.GONE, Upstream.State.SILENT)) {
                good &= outage.run(state, Duration.ofSeconds(seconds));
            }
        }
        if (!good) System.exit(1);
    }

    /** A hub whose models go down has answered before. */
    private void warm() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 4; i++) {
                threads.execute(() -> {
                    for (var asked = 0; asked < FIRST / 4; asked++) ask();
                });
            }
        }
    }

    private boolean run(Upstream.State down, Duration length) throws Exception {
        Queue<OutageRow.Seen> seen = new ConcurrentLinkedQueue<>();
        var row = take(down, length, seen).with(seen);
        System.out.println(row);
        return row.holds();
    }

    /** Returns when everybody who asked has an answer. */
    private OutageRow take(Upstream.State down, Duration length, Queue<OutageRow.Seen> seen) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var timer = Executors.newScheduledThreadPool(1)) {
            var asking = timer.scheduleAtFixedRate(
                    () -> threads.execute(() -> seen.add(ask())),
                    0,
                    TimeUnit.SECONDS.toMicros(1) / OutageRow.PER_SECOND,
                    TimeUnit.MICROSECONDS);
            pause(WARM);
            var calls = one.questions() + two.questions();
            var from = System.nanoTime();
            one.become(down);
            two.become(down);
            pause(length);
            calls = one.questions() + two.questions() - calls;
            var until = System.nanoTime();
            one.become(Upstream.State.WELL);
            two.become(Upstream.State.WELL);
            var recovered = awaitRecovery(seen, until);
            asking.cancel(false);
            return new OutageRow(down, from, until, calls, recovered, List.of());
        }
    }

    /** How long it took until nine of ten questions of one second were answered. */
    private static Duration awaitRecovery(Queue<OutageRow.Seen> seen, long wellAt) throws InterruptedException {
        var end = wellAt + OutageRow.MOST_RECOVERY.multipliedBy(3).toNanos();
        while (System.nanoTime() - end < 0) {
            pause(Duration.ofMillis(100));
            var from = System.nanoTime() - Duration.ofSeconds(1).toNanos();
            if (from - wellAt < 0) continue;
            var last = seen.stream().filter(one -> one.at() >= from).toList();
            var answered = last.stream().filter(OutageRow.Seen::isByModel).count();
            if (last.size() >= OutageRow.PER_SECOND / 2 && answered * 10 >= last.size() * 9L) {
                return Duration.ofNanos(System.nanoTime() - wellAt).minusSeconds(1);
            }
        }
        return OutageRow.MOST_RECOVERY.multipliedBy(3);
    }

    private OutageRow.Seen ask() {
        var start = System.nanoTime();
        try {
            return new OutageRow.Seen(start, assistant.ask(number.getAndIncrement()));
        } catch (RuntimeException e) {
            return new OutageRow.Seen(start, new Assistant.Got("", Duration.ofNanos(System.nanoTime() - start)));
        }
    }

    private static void pause(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    @Override
    public void close() {
        assistant.close();
        models.close();
        money.close();
        guard.close();
        clients.close();
        one.close();
        two.close();
        database.close();
        postgres.close();
    }
}
