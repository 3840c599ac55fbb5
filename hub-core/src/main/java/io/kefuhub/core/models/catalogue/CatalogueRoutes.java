package io.kefuhub.core.models.catalogue;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Deployments, aliases and the rules for all of them over HTTP. */
public final class CatalogueRoutes implements RouteModule {
    private final CatalogueKeeper keeper;
    private final Tryout tryout;
    private final PriceGate gate;
    private final Supplier<Collection<Health>> health;
    private final Predicate<String> isServing;
    private final Supplier<Set<String>> desks;

    /**
     * @param isServing whether there is such an instance of an AI provider now
     * @param desks keys of the desks there are
     */
    public CatalogueRoutes(
            CatalogueKeeper keeper,
            Tryout tryout,
            PriceGate gate,
            Supplier<Collection<Health>> health,
            Predicate<String> isServing,
            Supplier<Set<String>> desks) {
        this.keeper = keeper;
        this.tryout = tryout;
        this.gate = gate;
        this.health = health;
        this.isServing = isServing;
        this.desks = desks;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/deployments", this::deployments, Access.SIGNED_IN);
        routes.put("/api/deployments/{key}", this::saveDeployment, Access.ADMIN);
        routes.delete("/api/deployments/{key}", this::forgetDeployment, Access.ADMIN);
        routes.post("/api/deployments/{key}/test", this::test, Access.ADMIN);
        routes.get("/api/aliases", this::aliases, Access.SIGNED_IN);
        routes.put("/api/aliases/{name}", this::saveAlias, Access.ADMIN);
        routes.delete("/api/aliases/{name}", this::forgetAlias, Access.ADMIN);
        routes.get("/api/model-rules", this::rules, Access.SIGNED_IN);
        routes.put("/api/model-rules", this::saveRules, Access.ADMIN);
    }

    /** What a caller wants a deployment to be; what is absent is as usual. */
    record WantedDeployment(
            Optional<String> title,
            String instance,
            String model,
            Optional<Integer> window,
            Optional<Integer> maxOutput,
            Optional<Boolean> pictures,
            Optional<Boolean> reasoning,
            Optional<Boolean> local,
            Optional<Integer> weight,
            Optional<Integer> concurrency,
            Optional<Integer> requestsPerMinute,
            Optional<Integer> tokensPerMinute,
            Optional<Long> firstContentMs,
            Optional<Long> gapMs,
            Optional<Long> wholeMs,
            Optional<Boolean> unpriced,
            Optional<Boolean> billsFailures,
            Optional<Boolean> enabled) {
        Deployment as(String key) {
            return new Deployment(
                    key,
                    title.map(String::strip).orElse(""),
                    instance,
                    model.strip(),
                    new Deployment.Traits(
                            window.orElse(Usual.WINDOW),
                            maxOutput.orElseGet(() -> Math.min(Usual.MAX_OUTPUT, window.orElse(Usual.WINDOW))),
                            pictures.orElse(false),
                            reasoning.orElse(false),
                            local.orElse(false),
                            weight.orElse(Usual.WEIGHT)),
                    new Deployment.Limits(
                            concurrency.orElse(Usual.CONCURRENCY),
                            requestsPerMinute.orElse(0),
                            tokensPerMinute.orElse(0),
                            new Deployment.Patience(
                                    firstContentMs.map(Duration::ofMillis),
                                    gapMs.map(Duration::ofMillis),
                                    wholeMs.map(Duration::ofMillis))),
                    new Deployment.Billing(unpriced.orElse(false), billsFailures.orElse(false)),
                    enabled.orElse(true),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** What holds where nothing is said. */
    public static final class Usual {
        public static final int WINDOW = 32_768;
        public static final int MAX_OUTPUT = 4_096;
        public static final int CONCURRENCY = 32;
        public static final int WEIGHT = 1;

        private Usual() {}
    }

    record OffView(String reason, Instant since) {}

    record HealthView(boolean serving, String breaker, boolean cooling, int underWay, long firstContentMs) {}

    record DeploymentView(
            String key,
            String title,
            String instance,
            String model,
            int window,
            int maxOutput,
            boolean pictures,
            boolean reasoning,
            boolean local,
            int weight,
            int concurrency,
            int requestsPerMinute,
            int tokensPerMinute,
            Optional<Long> firstContentMs,
            Optional<Long> gapMs,
            Optional<Long> wholeMs,
            boolean unpriced,
            boolean billsFailures,
            boolean enabled,
            Optional<OffView> off,
            Optional<String> managedBy,
            HealthView health,
            Optional<Long> perThousand) {}

    record WantedAlias(Optional<String> title, List<String> deployments, Optional<String> cheaper) {}

    record RulesView(
            Rules.Customers customers,
            Rules.DeskRules usualDesk,
            Map<String, Rules.DeskRules> desks,
            Rules.Retries retries,
            Rules.Hedge hedge,
            int bodyDays,
            Optional<String> managedBy) {}

    private void deployments(Context ctx) {
        var states = health.get().stream().collect(Collectors.toMap(Health::deployment, Function.identity()));
        var all = keeper.now().deployments().values().stream()
                .map(one -> view(one, Optional.ofNullable(states.get(one.key()))))
                .toList();
        Requests.send(ctx, Map.of("deployments", all));
    }

    private DeploymentView view(Deployment one, Optional<Health> state) {
        var traits = one.traits();
        var limits = one.limits();
        var patience = limits.patience();
        return new DeploymentView(
                one.key(),
                one.title(),
                one.instance(),
                one.model(),
                traits.window(),
                traits.maxOutput(),
                traits.pictures(),
                traits.reasoning(),
                traits.local(),
                traits.weight(),
                limits.concurrency(),
                limits.requestsPerMinute(),
                limits.tokensPerMinute(),
                patience.firstContent().map(Duration::toMillis),
                patience.gap().map(Duration::toMillis),
                patience.whole().map(Duration::toMillis),
                one.billing().unpriced(),
                one.billing().failures(),
                one.enabled(),
                one.off().map(off -> new OffView(word(off.reason()), off.since())),
                one.managedBy(),
                new HealthView(
                        isServing.test(one.instance()),
                        state.map(Health::breaker).orElse("closed"),
                        state.map(Health::cooling).orElse(false),
                        state.map(Health::underWay).orElse(0),
                        state.map(now -> now.firstContent().toMillis()).orElse(0L)),
                tryout.perThousand(one));
    }

    private static String word(Deployment.OffReason reason) {
        return switch (reason) {
            case CREDENTIALS -> "credentials";
            case BALANCE -> "balance";
        };
    }

    private void saveDeployment(Context ctx) {
        var wanted = Requests.body(ctx, WantedDeployment.class).as(ctx.pathParam("key"));
        refuse(Flaws.in(wanted));
        keeper.change(actor(ctx), change -> {
            var before = Optional.ofNullable(change.deployments().get(wanted.key()));
            before.ifPresent(one -> mayChange(one.managedBy()));
            refuse(gate.in(wanted, before));
            change.keep(wanted);
            return wanted;
        });
        var state = health.get().stream()
                .filter(one -> one.deployment().equals(wanted.key()))
                .findFirst();
        Requests.send(ctx, view(wanted, state));
    }

    private void forgetDeployment(Context ctx) {
        var key = ctx.pathParam("key");
        keeper.change(actor(ctx), change -> {
            var there = Optional.ofNullable(change.deployments().get(key)).orElseThrow(Problem::notFound);
            mayChange(there.managedBy());
            change.aliases().values().stream()
                    .filter(alias -> alias.deployments().contains(key))
                    .findFirst()
                    .ifPresent(alias -> {
                        throw Problem.of(
                                ProblemType.CONFLICT,
                                "The alias " + alias.name() + " names it.",
                                "别名 " + alias.name() + " 仍在使用它。");
                    });
            change.forgetDeployment(key);
            return true;
        });
        ctx.status(204);
    }

    private void test(Context ctx) {
        var deployment = keeper.now().deployment(ctx.pathParam("key")).orElseThrow(Problem::notFound);
        var language = Requests.language(ctx);
        Requests.send(ctx, tryout.run(deployment, words -> words.in(language)));
    }

    private void aliases(Context ctx) {
        Requests.send(ctx, Map.of("aliases", List.copyOf(keeper.now().aliases().values())));
    }

    private void saveAlias(Context ctx) {
        var body = Requests.body(ctx, WantedAlias.class);
        var wanted = new Alias(
                ctx.pathParam("name"),
                body.title().map(String::strip).orElse(""),
                body.deployments(),
                body.cheaper(),
                Optional.empty());
        keeper.change(actor(ctx), change -> {
            refuse(Flaws.in(wanted, change.deployments().keySet()));
            Optional.ofNullable(change.aliases().get(wanted.name())).ifPresent(before -> mayChange(before.managedBy()));
            change.keep(wanted);
            return true;
        });
        Requests.send(ctx, wanted);
    }

    private void forgetAlias(Context ctx) {
        var name = ctx.pathParam("name");
        keeper.change(actor(ctx), change -> {
            var there = Optional.ofNullable(change.aliases().get(name)).orElseThrow(Problem::notFound);
            mayChange(there.managedBy());
            change.forgetAlias(name);
            return true;
        });
        ctx.status(204);
    }

    private void rules(Context ctx) {
        Requests.send(ctx, view(keeper.now().rules()));
    }

    private RulesView view(Rules rules) {
        return new RulesView(
                rules.customers(),
                rules.usualDesk(),
                rules.desks(),
                rules.retries(),
                rules.hedge(),
                rules.keepsBodies(),
                keeper.rulesManagedBy());
    }

    private void saveRules(Context ctx) {
        var wanted = Requests.body(ctx, Rules.class);
        refuse(Flaws.in(wanted, desks.get()));
        keeper.change(actor(ctx), change -> {
            mayChange(keeper.rulesManagedBy());
            change.keep(wanted, Optional.empty());
            return true;
        });
        Requests.send(ctx, view(wanted));
    }

    private static void refuse(Optional<Flaw> flaw) {
        flaw.ifPresent(one -> {
            throw Problem.invalid(one.field(), one.words().en(), one.words().zh());
        });
    }

    private static void mayChange(Optional<String> managedBy) {
        managedBy.ifPresent(file -> {
            throw Problem.of(ProblemType.MANAGED_BY_FILE, "It is declared in " + file + ".", "它由 " + file + " 声明。");
        });
    }

    private static String actor(Context ctx) {
        return Requests.caller(ctx).actor();
    }
}
