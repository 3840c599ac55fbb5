package io.kefuhub.bench.models;

import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.bench.Machine;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.EmbeddedPostgres;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.http.HttpClients;
import io.kefuhub.core.http.HttpSettings;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
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
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Takes every model away from the gateway while a hundred questions come in each second, with the packed plugin, the real
 * books and the usual deadlines. {@code bench/outage-models} calls it.
 */
public final class ModelOutage implements AutoCloseable {
    private static final int PER_SECOND = 100;
    private static final Duration NOTICED = Duration.ofSeconds(15);
    private static final Duration WARM = Duration.ofSeconds(5);
    private static final Duration MOST_RECOVERY = Duration.ofSeconds(20);
    private static final Duration MOST_WAIT = Duration.ofMillis(300);
    private static final int PROBES_A_MINUTE = 20;

    private final Upstream one = new Upstream();
    private final Upstream two = new Upstream();
    private final EmbeddedPostgres postgres;
    private final Database database;
    private final Guard guard = new Guard();
    private final HttpClients clients = new HttpClients(HttpSettings.DEFAULT);
    private final Contributions contributions = new Contributions();
    private final MoneyRoom money;
    private final RoutedModels models;
    private final Path jar;

    private record Seen(long at, boolean answered, Duration took) {}

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
        System.out.print(Machine.describe());
        System.out.printf("all models down for %d s each time, %d questions a second%n%n", seconds, PER_SECOND);
        System.out.println(
                "| down by | questions meanwhile | calls to models | answered | told so: p50 ms | p95 ms | p95 behind 15 s | max ms | well again after s | |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|---|");
        var good = true;
        try (var outage = new ModelOutage(Path.of(arguments[0]), Path.of(arguments[1]))) {
            for (var state : List.of(Upstream.State.OVERLOADED, Upstream.State.GONE, Upstream.State.SILENT)) {
                good &= outage.run(state, Duration.ofSeconds(seconds));
            }
        }
        if (!good) System.exit(1);
    }

    private boolean run(Upstream.State down, Duration length) throws Exception {
        Queue<Seen> seen = new ConcurrentLinkedQueue<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var timer = Executors.newScheduledThreadPool(1)) {
            var asking = timer.scheduleAtFixedRate(
                    () -> threads.execute(() -> seen.add(ask())),
                    0,
                    TimeUnit.SECONDS.toMicros(1) / PER_SECOND,
                    TimeUnit.MICROSECONDS);
            pause(WARM);
            var calls = one.questions() + two.questions();
            var downAt = System.nanoTime();
            one.become(down);
            two.become(down);
            pause(length);
            calls = one.questions() + two.questions() - calls;
            var wellAt = System.nanoTime();
            one.become(Upstream.State.WELL);
            two.become(Upstream.State.WELL);
            var recovered = awaitRecovery(seen, wellAt);
            asking.cancel(false);
            var meanwhile = seen.stream()
                    .filter(one -> one.at() >= downAt && one.at() < wellAt)
                    .toList();
            return report(down, meanwhile, downAt, calls, recovered);
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
            var answered = last.stream().filter(Seen::answered).count();
            if (!last.isEmpty() && answered * 10 >= last.size() * 9L) {
                return Duration.ofNanos(System.nanoTime() - wellAt).minusSeconds(1);
            }
        }
        return MOST_RECOVERY.multipliedBy(3);
    }

    /** A provider that says nothing is known for it only when the first calls have waited in vain. */
    private static boolean report(Upstream.State down, List<Seen> seen, long downAt, long calls, Duration recovered) {
        var noticed = downAt + NOTICED.toNanos();
        var all = told(seen.stream());
        var later = told(seen.stream().filter(one -> one.at() - noticed >= 0));
        var p95 = share(down == Upstream.State.SILENT ? later : all, 95);
        var minutes = 1 + seen.size() / PER_SECOND / 60;
        var good = calls <= seen.size() * 11L / 10 + (long) PROBES_A_MINUTE * minutes
                && p95.compareTo(MOST_WAIT) < 0
                && recovered.compareTo(MOST_RECOVERY) <= 0;
        System.out.printf(
                "| %s | %d | %d | %d | %d | %d | %d | %d | %.1f | %s |%n",
                down.name().toLowerCase(Locale.ROOT),
                seen.size(),
                calls,
                seen.size() - all.size(),
                share(all, 50).toMillis(),
                share(all, 95).toMillis(),
                share(later, 95).toMillis(),
                all.getLast().toMillis(),
                recovered.toMillis() / 1_000.0,
                good ? "holds" : "DOES NOT HOLD");
        return good;
    }

    private static List<Duration> told(Stream<Seen> seen) {
        return seen.filter(one -> !one.answered()).map(Seen::took).sorted().toList();
    }

    private static Duration share(List<Duration> sorted, int percent) {
        return sorted.get(sorted.size() * percent / 100);
    }

    private Seen ask() {
        var payer = new Payer("main", "web", "bench", UUID.randomUUID().toString(), Optional.empty(), Optional.empty());
        var turn = new AiRequest.Turn(AiRequest.Role.USER, "Where is my parcel?", List.of());
        var question = ModelQuestion.of("support", Purpose.ANSWER, payer, "Be kind.", List.of(turn));
        var start = System.nanoTime();
        var outcome = models.ask(question, new Deaf(), Cancel.NEVER);
        return new Seen(start, outcome instanceof ModelOutcome.Answered, Duration.ofNanos(System.nanoTime() - start));
    }

    private static void pause(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    /** Nobody looks at the answer. */
    private static final class Deaf implements AiSink {
        @Override
        public void content(String piece) {}

        @Override
        public void reasoning(String piece) {}

        @Override
        public void usage(Usage usage) {}
    }

    @Override
    public void close() {
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
