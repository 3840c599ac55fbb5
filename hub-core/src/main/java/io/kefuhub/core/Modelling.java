package io.kefuhub.core;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.config.SecretBox;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.models.EmbeddingGateway;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.bodies.BodyKeeper;
import io.kefuhub.core.models.catalogue.CatalogueKeeper;
import io.kefuhub.core.models.catalogue.CatalogueRoutes;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.catalogue.PriceGate;
import io.kefuhub.core.models.catalogue.Priced;
import io.kefuhub.core.models.catalogue.Tryout;
import io.kefuhub.core.models.counting.CountedEstimate;
import io.kefuhub.core.models.counting.Factors;
import io.kefuhub.core.models.counting.Tokens;
import io.kefuhub.core.models.money.MoneyRoom;
import io.kefuhub.core.models.routing.ModelMetrics;
import io.kefuhub.core.models.routing.Parts;
import io.kefuhub.core.models.routing.RoutedEmbeddings;
import io.kefuhub.core.models.routing.RoutedModels;
import io.kefuhub.core.models.routing.Tempo;
import io.kefuhub.core.models.screening.ScreenedEmbeddings;
import io.kefuhub.core.models.screening.ScreenedModels;
import io.kefuhub.core.models.screening.Screening;
import io.kefuhub.core.models.screening.Surroundings;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Snapshot;
import io.kefuhub.core.plugin.life.InstanceSpec;
import io.kefuhub.core.plugin.life.Instances;
import io.kefuhub.core.telemetry.Metrics;
import io.kefuhub.core.web.RouteModule;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** Models by alias: the catalogue, the way of a question through it, and its pages, joined to the rest of the hub. */
final class Modelling implements AutoCloseable {
    final CatalogueKeeper keeper;
    final PriceGate gate = new PriceGate(this::priced);
    final ModelGateway gateway;
    final EmbeddingGateway embeddings;
    final Tokens tokens = new Tokens();
    private final Clock clock;
    private final Contributions contributions;
    private final MoneyRoom money;
    private final RoutedModels routed;
    private final BodyKeeper bodies;
    private final CompletableFuture<Instances> instances = new CompletableFuture<>();
    private final CompletableFuture<Surroundings> surroundings = new CompletableFuture<>();

    Modelling(
            Database database,
            AuditLog audit,
            Ids ids,
            Clock clock,
            Contributions contributions,
            Guard guard,
            FilterChain filters,
            MoneyRoom money,
            Metrics metrics,
            SecretBox box,
            Supplier<Tempo> tempo) {
        this.clock = clock;
        this.contributions = contributions;
        this.money = money;
        keeper = new CatalogueKeeper(database, audit, clock, this::setup);
        bodies = new BodyKeeper(
                database, audit, box, clock, () -> keeper.now().rules().keepsBodies());
        bodies.addTo(metrics);
        bodies.start();
        money.everyNight(bodies::expire);
        var parts = new Parts(
                contributions,
                guard,
                keeper,
                money.ledger(),
                new CountedEstimate(tokens, new Factors()),
                ids,
                clock,
                new ModelMetrics(metrics),
                bodies,
                tempo);
        routed = new RoutedModels(parts);
        var screening = new Screening(filters, this::facts, ids);
        gateway = new ScreenedModels(routed, screening, routed::note);
        embeddings = new ScreenedEmbeddings(new RoutedEmbeddings(parts, routed), screening);
        contributions.listen(
                _ -> Thread.ofVirtual().name("deployments-look-again").start(keeper::lookAgain));
    }

    /** Says what is known around a question, once somebody knows. */
    void joins(Surroundings known) {
        surroundings.complete(known);
    }

    private Facts facts(Payer payer) {
        var known = surroundings.getNow(null);
        return known == null
                ? new Facts(payer.desk(), payer.channel(), Language.EN, Map.of(), clock.instant(), List.of())
                : known.of(payer);
    }

    /** Says whose instances they are, once that is known. */
    void joins(Instances known) {
        instances.complete(known);
    }

    /** @param desks keys of the desks there are */
    List<RouteModule> routes(Supplier<Set<String>> desks) {
        var tryout = new Tryout(keeper, routed::ask, this::price);
        return List.of(
                new CatalogueRoutes(keeper, tryout, gate, routed::health, this::isThere, desks), bodies.routes());
    }

    /** All of what stands behind an alias that an answer may depend on; another text when that is another one. */
    String behind(String alias) {
        var catalogue = keeper.now();
        var providers = contributions.now();
        return catalogue
                .alias(alias)
                .map(one -> one.deployments().stream()
                        .flatMap(key -> catalogue.deployment(key).stream())
                        .map(deployment -> behind(deployment, providers))
                        .collect(Collectors.joining("\n", one.cheaper().orElse("") + "\n", "")))
                .orElse("");
    }

    /** Whoever speaks to it has another generation when it is set up otherwise. */
    private static String behind(Deployment deployment, Snapshot providers) {
        var generation = providers
                .aiProvider(deployment.instance())
                .map(slot -> Long.toString(slot.generation()))
                .orElse("");
        return String.join(
                "|",
                deployment.key(),
                deployment.instance(),
                generation,
                deployment.model(),
                Boolean.toString(deployment.enabled()),
                deployment.traits().toString());
    }

    private boolean isThere(String instance) {
        return contributions.now().aiProvider(instance).isPresent();
    }

    /** What a thousand questions of a usual size cost, where that is known. */
    private Optional<Long> price(Deployment deployment) {
        return contributions
                .now()
                .aiProvider(deployment.instance())
                .map(Slot::contribution)
                .flatMap(provider -> money.prices().now().find(provider, deployment.model(), clock.instant()))
                .map(quote -> quote.cost(Tryout.USUAL, clock.instant(), Tryout.USUAL_TIME)
                        .amount());
    }

    /** Whether it is known what a deployment costs, also while its plugin is away. */
    private Priced priced(Deployment deployment) {
        var provider =
                spec(deployment.instance()).map(InstanceSpec::contribution).orElse("");
        var book = money.prices().now();
        var now = clock.instant();
        return book.price(provider, deployment.model(), now)
                .<Priced>map(price -> book.rate(price.currency(), now).isPresent()
                        ? new Priced.Known()
                        : new Priced.NoRate(price.currency()))
                .orElseGet(() -> new Priced.NoPrice(provider));
    }

    /** How an account is set up, once that is known. */
    private Optional<InstanceSpec> spec(String account) {
        var known = instances.getNow(null);
        if (known == null) return Optional.empty();
        return known.all().stream()
                .filter(one -> one.kind() == Kind.AI_PROVIDER && one.key().equals(account))
                .findFirst();
    }

    /** A hash of all that a deployment is reached with; secrets are sealed in it. */
    private String setup(Deployment deployment) {
        var text = deployment.instance()
                + '\n'
                + deployment.model()
                + '\n'
                + spec(deployment.instance())
                        .map(one -> one.contribution() + new TreeMap<>(one.settings()))
                        .orElse("");
        return DigestUtils.sha256Hex(text);
    }

    @Override
    public void close() {
        routed.close();
        bodies.close();
    }
}
