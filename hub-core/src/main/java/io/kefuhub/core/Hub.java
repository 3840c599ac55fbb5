package io.kefuhub.core;

import io.kefuhub.api.Language;
import io.kefuhub.core.access.FirstOwner;
import io.kefuhub.core.access.Passwords;
import io.kefuhub.core.access.PeopleRoutes;
import io.kefuhub.core.access.SessionRoutes;
import io.kefuhub.core.access.Sessions;
import io.kefuhub.core.access.Staff;
import io.kefuhub.core.admin.AdminRoutes;
import io.kefuhub.core.admin.Settings;
import io.kefuhub.core.answering.AnswerMetrics;
import io.kefuhub.core.answering.FaqCandidates;
import io.kefuhub.core.answering.FaqFactory;
import io.kefuhub.core.answering.OfferPerson;
import io.kefuhub.core.answering.TurnTimes;
import io.kefuhub.core.answering.ai.FoundPassages;
import io.kefuhub.core.answering.knowledge.DemoKnowledge;
import io.kefuhub.core.answering.knowledge.SearchRules;
import io.kefuhub.core.answering.passages.GatewayEmbedder;
import io.kefuhub.core.answering.sentences.OwnSentences;
import io.kefuhub.core.answering.sentences.SentenceRoutes;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.audit.chain.Notary;
import io.kefuhub.core.audit.chain.Proof;
import io.kefuhub.core.audit.chain.ProofRoutes;
import io.kefuhub.core.audit.chain.Sealer;
import io.kefuhub.core.config.Home;
import io.kefuhub.core.config.MetricsToken;
import io.kefuhub.core.config.SecretBox;
import io.kefuhub.core.config.SigningKey;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAddress;
import io.kefuhub.core.database.EmbeddedPostgres;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.desk.DeskRoom;
import io.kefuhub.core.desk.LiveFeed;
import io.kefuhub.core.desk.Provisioned;
import io.kefuhub.core.files.FileStore;
import io.kefuhub.core.files.HubFiles;
import io.kefuhub.core.files.StoredFiles;
import io.kefuhub.core.filtering.PlainTextFactory;
import io.kefuhub.core.filtering.Sight;
import io.kefuhub.core.http.HttpClients;
import io.kefuhub.core.http.HttpSettings;
import io.kefuhub.core.intake.ChannelDoors;
import io.kefuhub.core.intake.ChannelHost;
import io.kefuhub.core.intake.PublicRoutes;
import io.kefuhub.core.intake.Pulls;
import io.kefuhub.core.intake.ServedSockets;
import io.kefuhub.core.intake.ServingChannels;
import io.kefuhub.core.intake.WebhookRoutes;
import io.kefuhub.core.models.money.KeepingRules;
import io.kefuhub.core.models.money.MoneyRoom;
import io.kefuhub.core.models.routing.Tempo;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Reach;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.jar.JarFormat;
import io.kefuhub.core.plugin.jar.JarInspection;
import io.kefuhub.core.plugin.life.InstanceChanges;
import io.kefuhub.core.plugin.life.InstanceRoutes;
import io.kefuhub.core.plugin.life.LifeParts;
import io.kefuhub.core.plugin.life.PluginLife;
import io.kefuhub.core.plugin.life.PluginRoutes;
import io.kefuhub.core.plugin.life.SealedSettings;
import io.kefuhub.core.plugin.wasm.WasmRoom;
import io.kefuhub.core.provisioning.DeclaredChannels;
import io.kefuhub.core.provisioning.DeclaredDesks;
import io.kefuhub.core.provisioning.DeclaredInstances;
import io.kefuhub.core.provisioning.DeclaredKnowledge;
import io.kefuhub.core.provisioning.DeclaredModels;
import io.kefuhub.core.provisioning.DeclaredMoney;
import io.kefuhub.core.provisioning.DeclaredPeople;
import io.kefuhub.core.provisioning.DeclaredPlugins;
import io.kefuhub.core.provisioning.DeclaredRules;
import io.kefuhub.core.provisioning.DeclaredSettings;
import io.kefuhub.core.provisioning.DeclaredTranslation;
import io.kefuhub.core.provisioning.Provisioning;
import io.kefuhub.core.provisioning.ProvisioningRoutes;
import io.kefuhub.core.provisioning.Targets;
import io.kefuhub.core.rules.LiveRules;
import io.kefuhub.core.rules.RuleRoutes;
import io.kefuhub.core.telemetry.CallMetrics;
import io.kefuhub.core.telemetry.ChannelWatch;
import io.kefuhub.core.telemetry.DatabaseMetrics;
import io.kefuhub.core.telemetry.MachineMetrics;
import io.kefuhub.core.telemetry.Metrics;
import io.kefuhub.core.telemetry.OperationRoutes;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.ConsoleRoutes;
import io.kefuhub.core.web.DocumentRoutes;
import io.kefuhub.core.web.RouteInfo;
import io.kefuhub.core.web.RouteModule;
import io.kefuhub.core.web.WebServer;
import io.kefuhub.core.web.WebSettings;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the hub from the ground up; the only class that knows every room. Closes what it built newest first. */
final class Hub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final Duration COLLECTIONS = Duration.ofMinutes(1);
    /** Whoever writes a plugin wants to know soon what is left of the version before, and has nobody else to think of. */
    private static final Duration AUTHORS_COLLECTIONS = Duration.ofSeconds(1);

    private static final String VERSION = "1.0.0";

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final HubSetup setup;
    private Optional<FirstOwner> firstOwner = Optional.empty();
    private List<RouteInfo> served = List.of();
    private int port;

    private Hub(HubSetup setup) {
        this.setup = setup;
    }

    /** Starts a hub; returns when it serves. */
    static Hub start(HubSetup setup) {
        var hub = new Hub(setup);
        try {
            hub.build();
            return hub;
        } catch (RuntimeException | Error e) {
            hub.close();
            throw e;
        }
    }

    private void build() {
        var clock = setup.clock();
        var config = setup.config();
        var home = Home.at(config.home());
        var database = keep(Database.open(address(home)));
        var ids = new Ids(clock);
        var audit = new AuditLog();
        var metrics = new Metrics();
        var signing = SigningKey.of(home);
        var notary = new Notary(database, home.audit(), signing, clock);
        var proof = keep(new Proof(database, audit, home.audit(), signing.publicHalf(), clock));
        var sealer = keep(new Sealer(database, clock, notary));
        var rules = new LiveRules(AnsweringRules.BOOK, database, audit, clock);
        var money = keep(
                new MoneyRoom(database, audit, ids, clock, "hub", ZoneId.systemDefault(), rules.as(KeepingRules::of)));
        rules.listen(_ -> money.rulesChanged());
        var files = new HubFiles(new FileStore(home.data().resolve("files")), new StoredFiles(), database, clock);
        var newDesk = FirstSteps.ensureDesk(database, ids);
        if (config.demo()) newDesk.ifPresent(desk -> FirstSteps.addDemoChannel(database, ids, desk));

        var passwords = new Passwords();
        var staff = new Staff(database, audit, passwords, ids, clock);
        var sessions = new Sessions(database, audit, passwords, clock);

        // Who is told comes later than who tells.
        var told = new CompletableFuture<PluginLife>();
        var filterDeadline = config.filterDeadline().orElse(Kind.FILTER.deadline());
        var guard = keep(new Guard(
                (_, plugin, problem, times) -> told.thenAccept(life -> life.rested(plugin, problem, times)),
                setup.nanoTime(),
                filterDeadline));
        var contributions = new Contributions();
        setup.offers().forEach(contributions::add);
        contributions.add(Offer.ofHub(new PlainTextFactory()));
        var sentences = new OwnSentences(database, audit, clock);
        var filtering = new Filtering(contributions, guard, sentences, clock);
        var serving = new ServingChannels(contributions, guard);
        var watch = new ChannelWatch(clock);
        var names = new Names(database, serving);
        var scratch = home.data().resolve("documents");
        var box = SecretBox.of(home);
        var modelling = keep(new Modelling(
                database,
                audit,
                ids,
                clock,
                contributions,
                guard,
                filtering.chain,
                money,
                metrics,
                box,
                rules.as(Tempo::of)));
        var embedder = new GatewayEmbedder(modelling.embeddings);
        Predicate<UUID> localOnly = desk -> names.desk(new DeskId(desk))
                .map(its -> modelling.keeper.now().rules().desk(its.key()).localOnly())
                .orElse(true);
        var knowing = keep(new Knowing(
                database, audit, files, ids, clock, embedder, localOnly, scratch, rules.as(SearchRules::of)));
        modelling.keeper.listen(_ -> knowing.passages.modelsChanged());
        var knowledge = knowing.knowledge;
        if (config.demo()) {
            newDesk.ifPresent(desk -> knowledge.importAll("hub", desk.value(), DemoKnowledge.read(), false));
        }
        contributions.add(Offer.ofHub(new FaqFactory(knowledge, names::deskId, sentences)));
        contributions.replace(Slot.of(Kind.RESPONDER, OfferPerson.NAME, new OfferPerson(sentences)));
        var interpreting =
                new Interpreting(database, audit, clock, contributions, guard, modelling.gateway, names, metrics);
        var conversing = keep(new Conversing(
                database,
                ids,
                clock,
                contributions,
                guard,
                filtering.chain,
                serving,
                names::of,
                new FaqCandidates(knowledge, names::deskId),
                sentences,
                new AnswerMetrics(metrics),
                interpreting,
                watch,
                rules.as(TurnTimes::of)));

        modelling.joins(new KnownAround(database, names, conversing.customers, clock));

        var sealed = new SealedSettings(box);
        var settings = new Settings(database, audit, clock, usualSettings());
        var allowing = new AllowingFilters(names::ids);
        var sight = new Sight(
                filtering.chain, id -> names.desk(new DeskId(id)).map(Desk::key).orElse(""), clock);
        var desk = new DeskRoom(
                new DeskRoom.Parts(
                        database,
                        conversing.journal,
                        conversing.replies,
                        files,
                        conversing.live,
                        conversing.commits,
                        conversing.presences,
                        conversation -> conversing.customers.facts(conversation, conversation.language()),
                        conversing.reviewing,
                        caller -> Access.SUPERVISOR.allows(caller.roles())
                                // Whoever judges a message reads it: what is covered before an agent, another decides.
                                || (settings.agentsReview()
                                        && Access.AGENT.allows(caller.roles())
                                        && !sight.isCovered(caller)),
                        allowing,
                        sight,
                        sessions,
                        clock),
                LiveFeed.Rhythm.USUAL);
        var clients = keep(new HttpClients(HttpSettings.DEFAULT));
        var reach = new Reach(clients, guard, files);
        WebhookRoutes.Acceptor acceptor = (key, messages) -> serving.instance(key)
                .map(instance -> conversing.intake.acceptAll(
                        instance,
                        names.desk(instance.desk()).map(Desk::language).orElse(Language.EN),
                        messages))
                .orElse(List.of());
        var pulls =
                keep(new Pulls(database, guard, contributions::channel, acceptor, clock, watch, Pulls.Rhythm.USUAL));
        var outside = new ChannelDoors.Outside(
                instance -> names.desk(instance.desk()).map(Desk::language).orElse(Language.EN),
                _ -> desk.watching() > 0,
                conversing.customers::changed,
                conversing.courier::receipt,
                pulls,
                reach,
                conversing.presences);
        var doors = new ChannelDoors(
                database, conversing.journal, conversing.live, guard, conversing.intake, ids, clock, outside);
        var sockets = new ServedSockets(guard);
        var answering = keep(new AnsweringRoom(new AnsweringRoom.Parts(
                database,
                audit,
                clock,
                modelling.gateway,
                modelling::behind,
                modelling.tokens,
                knowledge,
                new FoundPassages(knowing.passages),
                knowing.proposing,
                names::deskId,
                sentences,
                rules)));
        contributions.add(answering.offer());
        answering.addTo(metrics);
        money.addTo(metrics);
        answering.follow(conversing.commits);
        var channels = new ChannelHost(database, ids, serving, guard, sockets, doors, watch, pulls::resume);
        var instances = new Plugging(database, clock, reach, modelling.gateway)
                .instances(contributions, guard, sealed, ids, channels);
        modelling.joins(instances);
        var trust = home.conf().resolve("trust");
        var wasm = keep(new WasmRoom(home.wasm(), home.data().resolve("wasm"), filterDeadline));
        var life = keep(new PluginLife(new LifeParts(
                database,
                audit,
                ids,
                clock,
                contributions,
                guard,
                instances,
                List.of(
                        new JarFormat(guard, new JarInspection(config.signedPluginsOnly(), trust, clock)),
                        wasm.format()),
                home.plugins(),
                setup.bundledPlugins(),
                config.pluginBuild(),
                home.data().resolve("plugins"),
                config.pluginBuild().isPresent() ? AUTHORS_COLLECTIONS : COLLECTIONS)));
        told.complete(life);
        life.start();

        knowing.start();
        // Before anything new can come in.
        money.everyNight(proof::begin);
        money.start();
        sealer.start();
        knowledge.awaitRead();
        conversing.recover();

        var drafting = new Drafting(
                database,
                modelling.gateway,
                () -> settings.now().draftAlias(),
                knowledge,
                conversing.customers,
                desk,
                sight,
                clock);
        Supplier<Map<String, UUID>> deskIds = () -> {
            names.refresh();
            return names.ids();
        };
        Function<Kind, DeclaredInstances> declared = kind -> new DeclaredInstances(
                database,
                audit,
                clock,
                instances.host(kind).orElseThrow(),
                deskIds,
                Declared.instanceSecrets(sealed, contributions),
                life::reconcile);
        var provisioning = keep(new Provisioning(
                home.conf(),
                setup.environment(),
                ZoneId.systemDefault(),
                new Targets(
                        new DeclaredDesks(database, audit, ids, clock),
                        new DeclaredPeople(staff, deskIds),
                        new DeclaredPlugins(life::allow),
                        new DeclaredChannels(
                                database,
                                audit,
                                ids,
                                clock,
                                deskIds,
                                Declared.secrets(sealed, contributions),
                                life::reconcile),
                        declared.apply(Kind.FILTER),
                        declared.apply(Kind.RESPONDER),
                        declared.apply(Kind.AI_PROVIDER),
                        declared.apply(Kind.TRANSLATOR),
                        new DeclaredModels(modelling.keeper, modelling.gate, deskIds),
                        new DeclaredRules(rules),
                        new DeclaredKnowledge(knowledge, deskIds),
                        new DeclaredSettings(Declared.settings(settings)),
                        new DeclaredMoney(money.books(), money.prices(), money.limits(), ids, clock),
                        new DeclaredTranslation(interpreting.rules, deskIds)),
                clock,
                standing -> desk.provisioned(new Provisioned(standing.problems().size(), standing.readAt()))));
        provisioning.start();
        new Concerns(clock, desk::concerned).follow(modelling.keeper, money);
        firstOwner = FirstOwner.ensure(staff, Language.ZH_CN);
        var offered = new OfferedChannels(instances, contributions, guard, config.publicUrl());
        var views = new AdminViews(serving, instances, offered);
        var doctor = new ChannelDoctor(serving, instances, channels, watch, offered);
        addTo(metrics, database, desk);
        sealer.addTo(metrics);
        wasm.addTo(metrics);
        var publicRoutes = new PublicRoutes(contributions, guard, sockets);
        var routes = new ArrayList<RouteModule>(desk.routes());
        routes.add(drafting.routes());
        routes.add(interpreting.routes(conversing.interpreting, desk));
        routes.add(new SessionRoutes(sessions, isSecure()));
        var programs = keep(new Programs(
                database,
                audit,
                ids,
                clock,
                names,
                files,
                new Programs.Asked(
                        modelling.gateway,
                        () -> modelling.keeper.now().aliases().keySet())));
        routes.addAll(programs.routes());
        routes.add(new PeopleRoutes(staff, () -> Set.copyOf(names.ids().values())));
        routes.addAll(money.routes());
        routes.add(new ProvisioningRoutes(provisioning::standing));
        routes.addAll(knowing.routes(names::ids, names::channels, sight::shown));
        routes.add(answering.routes());
        routes.add(new RuleRoutes(rules));
        routes.add(new AdminRoutes(new AdminRoutes.Sources(
                database, audit, settings, () -> peopleNames(staff), views::channels, doctor::view)));
        routes.add(new ProofRoutes(proof));
        routes.add(new SentenceRoutes(sentences, () -> names.ids().keySet()));
        routes.add(new OperationRoutes(
                VERSION,
                metrics,
                Map.of("database", () -> problem(database)),
                config.metricsToken().map(MetricsToken::value)));
        var pluginRoutes = new PluginRoutes(life, sessions);
        routes.add(pluginRoutes);
        routes.add(wasm.routes());
        var changes = new InstanceChanges(database, audit, clock, contributions, instances, guard, sealed, life);
        allowing.by(changes);
        routes.add(new InstanceRoutes(
                contributions,
                guard,
                instances,
                changes,
                () -> Set.copyOf(names.ids().keySet())));
        routes.add(filtering.routes(names, serving, instances));
        routes.addAll(modelling.routes(() -> Set.copyOf(names.ids().keySet())));
        routes.add(new WebhookRoutes(contributions, guard, acceptor, pulls, channels::standing, watch));
        routes.add(new ConsoleRoutes());
        routes.add(new DocumentRoutes());
        // Last: it answers for every path that nobody else has.
        routes.add(publicRoutes);
        var listen = config.listen();
        var web = new WebSettings(listen.host(), listen.port(), config.publicUrl(), config.behindProxy());
        var server = keep(new WebServer(web, programs.gate(sessions), new CallMetrics(metrics), routes, publicRoutes))
                .start();
        // Closed before the server, so that no open console holds it up.
        keep(desk);
        keep(pluginRoutes);
        port = server.port();
        served = server.routes();
        keep(new Housekeeping(database, files, clock));
        LOG.info("The hub serves on port {}", port);
    }

    private DatabaseAddress address(Home home) {
        return setup.database()
                .or(() -> setup.config()
                        .database()
                        .map(server -> new DatabaseAddress(
                                server.jdbcUrl(), server.user(), server.password(), Optional.empty())))
                .orElseGet(() -> keep(EmbeddedPostgres.start(home.folder(), setup.progress()))
                        .address());
    }

    private static Optional<String> problem(Database database) {
        return database.reachable() ? Optional.empty() : Optional.of("the database does not answer");
    }

    private static void addTo(Metrics metrics, Database database, DeskRoom desk) {
        MachineMetrics.addTo(metrics);
        DatabaseMetrics.addTo(metrics, database);
        metrics.gauge("kefuhub_consoles", "Consoles that look at the live feed.", desk::watching);
    }

    private static Map<String, String> peopleNames(Staff staff) {
        return staff.all().stream()
                .collect(Collectors.toMap(person -> person.id().toString(), person -> person.name()));
    }

    private Settings.Values usualSettings() {
        var address = Optional.of(setup.config().publicUrl().toString());
        return new Settings.Values("Kefu Hub", address, Language.ZH_CN.tag(), true, Optional.empty(), Optional.empty());
    }

    private boolean isSecure() {
        return "https".equals(setup.config().publicUrl().getScheme());
    }

    /** The port it listens on. */
    int port() {
        return port;
    }

    /** Every route it serves. */
    List<RouteInfo> routes() {
        return served;
    }

    /** The first owner, when this start made one. */
    Optional<FirstOwner> firstOwner() {
        return firstOwner;
    }

    private <T extends AutoCloseable> T keep(T part) {
        running.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.error("A part of the hub did not close", e);
            }
        }
    }
}
