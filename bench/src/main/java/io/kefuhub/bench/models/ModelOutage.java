package io.kefuhub.bench.models;

import io.kefuhub.bench.Machine;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.EmbeddedPostgres;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.http.HttpClients;
import io.kefuhub.core.http.HttpSettings;
import io.kefuhub.core.models.RoughEstimate;
import io.kefuhub.core.models.catalogue.Alias;
import io.kefuhub.core.models.catalogue.CatalogueKeeper;
import io.kefuhub.core.models.catalogue.Deployment;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Takes every model away from an assistant while a hundred questions come in each second, with the packed plugin, the real
 * books, the demo shop's knowledge and the usual deadlines. {@code bench/outage-models} calls it.
 */
public final class ModelOutage implements AutoCloseable {
    private static final int PER_SECOND = 100;
    private static final Duration NOTICED = Duration.ofSeconds(15);
    private static final Duration WARM = Duration.ofSeconds(5);
    private static final Duration MOST_RECOVERY = Duration.ofSeconds(20);
    private static final Duration MOST_WAIT = Duration.ofMillis(300);
    private static final int PROBES_A_MINUTE = 20;
    private static final int LEAST_SECONDS = 20;
    private static final Set<String> BY_MODEL = Set.of("full", "cheaper");
    private static final Set<String> WITHOUT_MODEL = Set.of("extract", "menu", "promise");

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

    private record Seen(long at, Assistant.Got got) {
        boolean isByModel() {
            return BY_MODEL.contains(got.rung());
        }

        boolean isFromLadder() {
            return WITHOUT_MODEL.contains(got.rung());
        }
    }

    private ModelOutage(Path dist, Path home) throws IOException, ReflectiveOperationException {
        jar = dist.resolve("plugins-available/ai-openai-1.0.0.jar");
        postgres = EmbeddedPostgres.start(home, _ -> {});
        database = Database.open(postgres.address());
        var clock = Clock.systemUTC();
        var ids = new Ids(clock);
        var audit = new AuditLog();
        money = new MoneyRoom(database, audit, ids, clock, "bench", ZoneId.systemDefault());
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
                Tempo.USUAL));
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
        System.out.printf("all models down for %d s each time, %d questions a second%n%n", seconds, PER_SECOND);
        System.out.println(
                "| down by | questions meanwhile | calls to models | by a model | passage | menu | promise | nothing | without a model: p50 ms | p95 ms | p95 behind 15 s | max ms | well again after s | |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
        var good = true;
        try (var outage = new ModelOutage(Path.of(arguments[0]), Path.of(arguments[1]))) {
            for (var state : List.of(Upstream.State.OVERLOADED, Upstream.State.GONE, Upstream.State.SILENT)) {
                good &= outage.run(state, Duration.ofSeconds(seconds));
            }
        }
        if (!good) System.exit(1);
    }

    /**
     * What happened while all were down.
     *
     * @param calls that reached them
     */
    private record Outage(Upstream.State down, long from, long until, long calls, Duration recovered) {}

    private boolean run(Upstream.State down, Duration length) throws Exception {
        Queue<Seen> seen = new ConcurrentLinkedQueue<>();
        var outage = take(down, length, seen);
        var meanwhile = seen.stream()
                .filter(one -> one.at() >= outage.from() && one.at() < outage.until())
                .toList();
        return report(outage, meanwhile);
    }

    /** Returns when everybody who asked has an answer. */
    private Outage take(Upstream.State down, Duration length, Queue<Seen> seen) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var timer = Executors.newScheduledThreadPool(1)) {
            var asking = timer.scheduleAtFixedRate(
                    () -> threads.execute(() -> seen.add(ask())),
                    0,
                    TimeUnit.SECONDS.toMicros(1) / PER_SECOND,
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
            return new Outage(down, from, until, calls, recovered);
        }
    }

    /** How long it took until nine of ten questions of one second were answered. */
    private static Duration awaitRecovery(Queue<Seen> seen, long wellAt) throws InterruptedException {
        var end = wellAt + MOST_RECOVERY.multipliedBy(3).toNanos();
        while (System.nanoTime() - end < 0) {
            pause(Duration.ofMillis(100));
            var from = System.nanoTime() - Duration.ofSeconds(1).toNanos();
            if (from - wellAt < 0) continue;
            var last = seen.stream().filter(one -> one.at() >= from).toList();
            var answered = last.stream().filter(Seen::isByModel).count();
            if (!last.isEmpty() && answered * 10 >= last.size() * 9L) {
                return Duration.ofNanos(System.nanoTime() - wellAt).minusSeconds(1);
            }
        }
        return MOST_RECOVERY.multipliedBy(3);
    }

    /** A provider that says nothing is known for it only when the first calls have waited in vain. */
    private static boolean report(Outage outage, List<Seen> seen) {
        var noticed = outage.from() + NOTICED.toNanos();
        var all = told(seen.stream());
        var later = told(seen.stream().filter(one -> one.at() - noticed >= 0));
        var p95 = share(outage.down() == Upstream.State.SILENT ? later : all, 95);
        var minutes = 1 + seen.size() / PER_SECOND / 60;
        var good = seen.stream().allMatch(one -> one.isByModel() || one.isFromLadder())
                && outage.calls() <= seen.size() * 11L / 10 + (long) PROBES_A_MINUTE * minutes
                && p95.compareTo(MOST_WAIT) < 0
                && outage.recovered().compareTo(MOST_RECOVERY) <= 0;
        System.out.printf(
                "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %.1f | %s |%n",
                outage.down().name().toLowerCase(Locale.ROOT),
                seen.size(),
                outage.calls(),
                seen.stream().filter(Seen::isByModel).count(),
                of(seen, "extract"),
                of(seen, "menu"),
                of(seen, "promise"),
                of(seen, ""),
                share(all, 50).toMillis(),
                share(all, 95).toMillis(),
                share(later, 95).toMillis(),
                all.getLast().toMillis(),
                outage.recovered().toMillis() / 1_000.0,
                good ? "holds" : "DOES NOT HOLD");
        return good;
    }

    private static long of(List<Seen> seen, String rung) {
        return seen.stream().filter(one -> one.got().rung().equals(rung)).count();
    }

    private static List<Duration> told(Stream<Seen> seen) {
        return seen.filter(one -> !one.isByModel())
                .map(one -> one.got().took())
                .sorted()
                .toList();
    }

    private static Duration share(List<Duration> sorted, int percent) {
        return sorted.get(sorted.size() * percent / 100);
    }

    private Seen ask() {
        var start = System.nanoTime();
        try {
            return new Seen(start, assistant.ask(number.getAndIncrement()));
        } catch (RuntimeException e) {
            return new Seen(start, new Assistant.Got("", Duration.ofNanos(System.nanoTime() - start)));
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
