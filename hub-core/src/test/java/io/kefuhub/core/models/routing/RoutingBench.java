package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.http.HttpClients;
import io.kefuhub.core.http.HttpSettings;
import io.kefuhub.core.models.CallWitness;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.RoughEstimate;
import io.kefuhub.core.models.catalogue.Alias;
import io.kefuhub.core.models.catalogue.CatalogueKeeper;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.catalogue.Rules;
import io.kefuhub.core.models.money.Ledger;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.telemetry.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Routed models over a real database and a real server of models. */
final class RoutingBench implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(60);

    /** What is not about time has much of it; only pauses are short. */
    static final Tempo PATIENT = new Tempo(
            LONG,
            LONG,
            LONG,
            LONG,
            LONG,
            LONG,
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            64,
            Duration.ofSeconds(10),
            24,
            Duration.ofMillis(1_500),
            Duration.ofSeconds(10),
            new Tempo.Rest(LONG, 10, 50, 80, LONG, LONG, LONG, 2, LONG));

    /** With short deadlines. */
    static final Tempo QUICK = new Tempo(
            Duration.ofMillis(800),
            Duration.ofMillis(1_200),
            Duration.ofMillis(2_500),
            Duration.ofMillis(1_500),
            Duration.ofMillis(4_000),
            Duration.ofMillis(2_000),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            64,
            Duration.ofMillis(80),
            24,
            Duration.ofMillis(1_500),
            Duration.ofMillis(500),
            new Tempo.Rest(
                    Duration.ofSeconds(60),
                    10,
                    50,
                    80,
                    Duration.ofMillis(300),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(2),
                    2,
                    Duration.ofSeconds(30)));

    /** One with another time to wait for a place. */
    static Tempo waiting(Duration line) {
        return new Tempo(
                PATIENT.firstContent(),
                PATIENT.firstContentReasoning(),
                PATIENT.reasoning(),
                PATIENT.gap(),
                PATIENT.whole(),
                PATIENT.plain(),
                PATIENT.backoff(),
                PATIENT.longestBackoff(),
                PATIENT.longestWait(),
                line,
                PATIENT.waiting(),
                PATIENT.holdBack(),
                PATIENT.holdBackCharacters(),
                PATIENT.hedge(),
                PATIENT.farewell(),
                PATIENT.rest());
    }

    private static final AtomicBoolean WARM = new AtomicBoolean();

    final ModelServer server = new ModelServer();
    final PocketBook ledger;
    final Metrics metrics = new Metrics();
    final Database database = TestDatabase.fresh();
    final Contributions contributions = new Contributions();
    final Guard guard = new Guard();
    final CatalogueKeeper keeper;
    final RoutedModels models;
    final RoutedEmbeddings embeddings;
    private final HttpClients clients = new HttpClients(HttpSettings.DEFAULT);

    RoutingBench() {
        this(PATIENT);
    }

    RoutingBench(Tempo tempo) {
        this(() -> tempo);
    }

    RoutingBench(Supplier<Tempo> tempo) {
        this(tempo, new PocketBook());
    }

    private RoutingBench(Supplier<Tempo> tempo, PocketBook ledger) {
        this(tempo, ledger, _ -> ledger);
    }

    /** @param books that are kept in the database of this bench, in the place of those in memory */
    RoutingBench(Tempo tempo, Function<Database, Ledger> books) {
        this(() -> tempo, new PocketBook(), books);
    }

    private RoutingBench(Supplier<Tempo> tempo, PocketBook ledger, Function<Database, Ledger> books) {
        this.ledger = ledger;
        var clock = Clock.systemUTC();
        keeper = new CatalogueKeeper(database, new AuditLog(), clock, RoutingBench::setup);
        var parts = new Parts(
                contributions,
                guard,
                keeper,
                books.apply(database),
                new RoughEstimate(),
                new Ids(clock),
                clock,
                new ModelMetrics(metrics),
                CallWitness.NOBODY,
                tempo);
        models = new RoutedModels(parts);
        embeddings = new RoutedEmbeddings(parts, models);
        provider("one");
        provider("two");
        if (WARM.compareAndSet(false, true)) warm();
    }

    /** The first call of all loads classes, which takes longer than short deadlines. */
    private void warm() {
        server.plays("warm", ModelServer.saying("Hello."));
        new LineProvider(clients.open(AllowedHosts.of(List.of("*"))), server.address())
                .reply(
                        new AiRequest("warm", "", question("").messages(), 1, 0, true, Map.of()),
                        new Heard(),
                        Cancel.NEVER);
        server.calls().clear();
    }

    private static String setup(Deployment deployment) {
        return deployment.instance();
    }

    void provider(String instance) {
        var http = clients.open(
                AllowedHosts.of(List.of("127.0.0.1:" + server.address().getPort())));
        contributions.replace(
                Slot.<AiProvider>of(Kind.AI_PROVIDER, instance, new LineProvider(http, server.address())));
    }

    static Deployment deployment(String key) {
        return new Deployment(
                key,
                "",
                "one",
                key,
                new Deployment.Traits(8_000, 2_000, false, false, false, 1),
                new Deployment.Limits(32, 0, 0, Deployment.Patience.USUAL),
                new Deployment.Billing(true, false),
                true,
                Optional.empty(),
                Optional.empty());
    }

    /** One that is waited for so long until its first words. */
    static Deployment waitedFor(String key, Duration firstContent) {
        return waitedFor(key, new Deployment.Patience(Optional.of(firstContent), Optional.empty(), Optional.empty()));
    }

    static Deployment waitedFor(String key, Deployment.Patience patience) {
        var one = deployment(key);
        return new Deployment(
                key,
                "",
                one.instance(),
                one.model(),
                one.traits(),
                new Deployment.Limits(32, 0, 0, patience),
                one.billing(),
                true,
                Optional.empty(),
                Optional.empty());
    }

    void keep(Deployment... deployments) {
        keeper.change("test", change -> {
            Arrays.stream(deployments).forEach(change::keep);
            return true;
        });
    }

    /** Deployments with these keys, which are their models too, and an alias of all of them in this order. */
    void alias(String name, String... keys) {
        keep(Arrays.stream(keys).map(RoutingBench::deployment).toArray(Deployment[]::new));
        only(name, Optional.empty(), keys);
    }

    void only(String name, Optional<String> cheaper, String... keys) {
        keeper.change("test", change -> {
            change.keep(new Alias(name, "", List.of(keys), cheaper, Optional.empty()));
            return true;
        });
    }

    void rules(UnaryOperator<Rules> changed) {
        keeper.change("test", change -> {
            change.keep(changed.apply(keeper.now().rules()), Optional.empty());
            return true;
        });
    }

    static ModelQuestion question(String alias) {
        return question(alias, true);
    }

    /** One whose answer is to come in one piece. */
    static ModelQuestion atOnce(String alias) {
        return question(alias, false);
    }

    private static ModelQuestion question(String alias, boolean stream) {
        return new ModelQuestion(
                alias,
                Purpose.ANSWER,
                new Payer("service", "web", "ai", "anna", Optional.empty(), Optional.empty()),
                "Be kind.",
                List.of(new AiRequest.Turn(AiRequest.Role.USER, "Where is my parcel?", List.of())),
                512,
                0.2,
                stream,
                Map.of(),
                LONG,
                LONG);
    }

    ModelOutcome ask(String alias) {
        return ask(question(alias), new Heard(), Cancel.NEVER);
    }

    ModelOutcome ask(ModelQuestion question, AiSink sink, Cancel cancel) {
        return models.ask(question, sink, cancel);
    }

    /** What an asker hears. */
    static final class Heard implements AiSink {
        final StringBuffer text = new StringBuffer();
        final StringBuffer thoughts = new StringBuffer();
        volatile Usage usage = Usage.UNKNOWN;

        @Override
        public void content(String piece) {
            text.append(piece);
        }

        @Override
        public void reasoning(String piece) {
            thoughts.append(piece);
        }

        @Override
        public void usage(Usage last) {
            usage = last;
        }
    }

    @Override
    public void close() {
        models.close();
        guard.close();
        clients.close();
        server.close();
        database.close();
    }
}
