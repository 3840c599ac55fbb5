package io.kefuhub.core;

import io.kefuhub.api.Language;
import io.kefuhub.core.access.FirstOwner;
import io.kefuhub.core.access.Passwords;
import io.kefuhub.core.access.PeopleRoutes;
import io.kefuhub.core.access.SessionRoutes;
import io.kefuhub.core.access.Sessions;
import io.kefuhub.core.access.Staff;
import io.kefuhub.core.answering.OfferPerson;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.config.Home;
import io.kefuhub.core.config.SecretBox;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAddress;
import io.kefuhub.core.database.EmbeddedPostgres;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.files.FileStore;
import io.kefuhub.core.files.HubFiles;
import io.kefuhub.core.files.StoredFiles;
import io.kefuhub.core.filtering.PlainText;
import io.kefuhub.core.intake.ChannelDoors;
import io.kefuhub.core.intake.Channels;
import io.kefuhub.core.intake.PublicRoutes;
import io.kefuhub.core.intake.Pulls;
import io.kefuhub.core.intake.ServingChannels;
import io.kefuhub.core.intake.WebhookRoutes;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.jar.JarPlugins;
import io.kefuhub.core.web.CallWatch;
import io.kefuhub.core.web.ConsoleRoutes;
import io.kefuhub.core.web.DocumentRoutes;
import io.kefuhub.core.web.RouteModule;
import io.kefuhub.core.web.WebServer;
import io.kefuhub.core.web.WebSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the hub from the ground up; the only class that knows every room. Closes what it built newest first. */
final class Hub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_MESSAGE = 4_000;

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final HubSetup setup;
    private Optional<FirstOwner> firstOwner = Optional.empty();
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
        var files = new HubFiles(new FileStore(home.data().resolve("files")), new StoredFiles(), database, clock);
        var newDesk = FirstSteps.ensureDesk(database, ids);
        if (config.demo()) newDesk.ifPresent(desk -> FirstSteps.addDemoChannel(database, ids, desk));

        var passwords = new Passwords();
        var staff = new Staff(database, audit, passwords, ids, clock);
        var sessions = new Sessions(database, audit, passwords, clock);
        firstOwner = FirstOwner.ensure(staff, Language.ZH_CN);

        var guard = keep(new Guard());
        var contributions = new Contributions();
        setup.offers().forEach(contributions::add);
        contributions.replace(Slot.of(Kind.FILTER, PlainText.NAME, new PlainText(LONGEST_MESSAGE)));
        contributions.replace(Slot.of(Kind.RESPONDER, OfferPerson.NAME, new OfferPerson()));

        var serving = new ServingChannels(contributions, guard);
        var names = new Names(database, serving);
        var conversing = keep(new Conversing(database, ids, clock, contributions, guard, serving, names::of));

        var plugins = keep(new JarPlugins(contributions, guard, home.data().resolve("plugins"), PATIENCE));
        loadPlugins(plugins, home);

        var secrets = SecretBox.of(home);
        var outside = new ChannelDoors.Outside(
                instance -> names.desk(instance.desk()).map(Desk::language).orElse(Language.EN),
                _ -> true,
                (_, _) -> {},
                _ -> files,
                _ -> new NoHttp(),
                conversing.presences);
        var doors = new ChannelDoors(
                database, conversing.journal, conversing.live, guard, conversing.intake, ids, clock, outside);
        var channels = keep(new Channels(
                database,
                contributions,
                serving,
                guard,
                doors,
                instance -> new ChannelSettings(secrets).open(instance)));
        channels.reconcile();

        WebhookRoutes.Acceptor acceptor = (key, messages) -> serving.instance(key)
                .map(instance -> conversing.intake.acceptAll(
                        instance,
                        names.desk(instance.desk()).map(Desk::language).orElse(Language.EN),
                        messages))
                .orElse(List.of());
        var pulls = new Pulls(database, guard, acceptor, clock);
        var publicRoutes = new PublicRoutes(contributions, guard);
        var routes = new ArrayList<RouteModule>(List.of(
                new SessionRoutes(sessions, isSecure()),
                new PeopleRoutes(
                        staff,
                        () -> names.all().stream()
                                .map(desk -> desk.id().value())
                                .collect(Collectors.toSet())),
                new WebhookRoutes(contributions, guard, acceptor, pulls),
                new ConsoleRoutes(),
                new DocumentRoutes()));
        // Last: it answers for every path that nobody else has.
        routes.add(publicRoutes);
        var web = new WebSettings(config.listen().host(), config.listen().port(), isSecure(), false);
        var server = keep(new WebServer(web, sessions, CallWatch.NONE, routes, publicRoutes))
                .start();
        port = server.port();
        conversing.recover();
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

    private void loadPlugins(JarPlugins plugins, Home home) {
        try {
            if (setup.bundledPlugins().isPresent())
                plugins.loadAll(setup.bundledPlugins().get());
            plugins.loadAll(home.plugins());
        } catch (IOException e) {
            throw new UncheckedIOException("the plugin folder cannot be read", e);
        }
    }

    private boolean isSecure() {
        return "https".equals(setup.config().publicUrl().getScheme());
    }

    /** The port it listens on. */
    int port() {
        return port;
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
