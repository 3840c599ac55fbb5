package io.kefuhub.core;

import io.kefuhub.core.config.HubConfig;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.ChannelInstances;
import io.kefuhub.core.conversation.Desks;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAddress;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.story.TestChannel;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A whole hub over a database of its own, with the test channel set up as {@code test}. */
public final class HubFixture implements AutoCloseable {
    /** One that a machine which is held up meets too. */
    private static final String FILTER_DEADLINE = "30s";

    private static final String CHOSEN = "correct horse battery";

    private final DatabaseAddress address = TestDatabase.freshAddress();
    private final Path home;
    private final TestPlatform platform;
    private final List<Offer<?>> offers;
    private final AtomicLong skipped = new AtomicLong();
    private Hub hub;

    public HubFixture(TestPlatform platform) {
        this(platform, Map.of());
    }

    /**
     * @param more settings of the test channel
     */
    public HubFixture(TestPlatform platform, Map<String, String> more) {
        this(platform, more, List.of());
    }

    /**
     * @param more settings of the test channel
     * @param offers what can be made instances of besides
     */
    public HubFixture(TestPlatform platform, Map<String, String> more, List<Offer<?>> offers) {
        this.platform = platform;
        this.offers = offers;
        try {
            home = Files.createTempDirectory(Files.createDirectories(Path.of("target/hubs")), "hub-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (var database = Database.open(address)) {
            prepare(database, platform.address().toString(), more);
        }
        hub = start();
    }

    /** Sets the test channel up in a database without one. */
    static void prepare(Database database, String platform) {
        prepare(database, platform, Map.of());
    }

    private static void prepare(Database database, String platform, Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put("secret", TestPlatform.SECRET);
        settings.put("address", platform);
        var ids = new Ids(Clock.systemUTC());
        FirstSteps.ensureDesk(database, ids);
        database.useTransaction(tx -> new ChannelInstances()
                .keep(
                        tx,
                        new ChannelInstance(
                                new ChannelId(ids.next()),
                                "test",
                                "Test",
                                "test",
                                new Desks().all(tx).getFirst().id(),
                                settings,
                                true,
                                Optional.empty())));
    }

    static HubSetup setup(Path home, Optional<DatabaseAddress> address) {
        return setup(home, address, List.of(), System::nanoTime);
    }

    private static HubSetup setup(
            Path home, Optional<DatabaseAddress> address, List<Offer<?>> more, LongSupplier nanoTime) {
        var offers = new ArrayList<Offer<?>>(more);
        offers.add(Offer.ofHub(new TestChannel.Factory()));
        var config = HubConfig.from(Map.of(
                "KEFUHUB_HOME", home.toString(), "KEFUHUB_PORT", "0", "KEFUHUB_FILTER_DEADLINE", FILTER_DEADLINE));
        return new HubSetup(
                config,
                Clock.systemUTC(),
                nanoTime,
                address,
                Optional.empty(),
                offers,
                Map.of("SHOP_PASSWORD", "correct horse battery"),
                _ -> {});
    }

    private Hub start() {
        return Hub.start(setup(home, Optional.of(address), offers, () -> System.nanoTime() + skipped.get()));
    }

    /** Lets time pass for plugins that rest after failures. */
    void skip(Duration time) {
        skipped.addAndGet(time.toNanos());
    }

    public int port() {
        return hub.port();
    }

    public DatabaseAddress address() {
        return address;
    }

    public TestPlatform platform() {
        return platform;
    }

    /** The first owner, with a password of their own. */
    public Browser owner() {
        return owner(hub);
    }

    static Browser owner(Hub hub) {
        var first = hub.firstOwner().orElseThrow();
        var owner = new Browser(hub.port());
        owner.signIn(first.login(), first.password());
        var changed = owner.post(
                "/api/session/password", "{\"old\":\"" + first.password() + "\",\"new\":\"" + CHOSEN + "\"}");
        return owner.with("X-CSRF", changed.json().get("csrf").asText());
    }

    /** The first owner at a hub that was started again. */
    Browser ownerAgain() {
        var owner = new Browser(hub.port());
        var session = owner.signIn("owner", CHOSEN);
        return owner.with("X-CSRF", session.json().get("csrf").asText());
    }

    public void restart() {
        hub.close();
        hub = start();
    }

    @Override
    public void close() {
        hub.close();
    }
}
