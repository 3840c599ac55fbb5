package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.kit.FakeFiles;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.config.Home;
import io.kefuhub.core.config.SecretBox;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAddress;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.http.HttpClients;
import io.kefuhub.core.http.HttpSettings;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.InstanceStore;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Lent;
import io.kefuhub.core.plugin.LentContext;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.Reach;
import io.kefuhub.core.plugin.Reason;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.jar.JarFormat;
import io.kefuhub.core.plugin.jar.JarInspection;
import io.kefuhub.core.plugin.jar.PluginJar;
import io.kefuhub.core.plugin.wasm.WasmFilters;
import io.kefuhub.core.plugin.wasm.WasmFormat;
import io.kefuhub.core.plugin.wasm.guest.Guests;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The life of plugins over a database and a folder of its own, with filters and AI providers as the kinds that are hosted. */
final class LifeFixture implements AutoCloseable {
    private static final Facts FACTS = new Facts("shop", "web", Language.EN, Map.of(), Instant.EPOCH, List.of());

    final Path home;
    final Path dropped;
    final Path target;
    private final DatabaseAddress address = TestDatabase.freshAddress();
    private final HttpClients clients = new HttpClients(HttpSettings.DEFAULT);
    private final AtomicLong skipped = new AtomicLong();
    private Optional<Path> bundled = Optional.empty();
    boolean signedOnly;
    Database database;
    Contributions contributions;
    Guard guard;
    Instances instances;
    private final Duration collections;
    private final Duration filterDeadline;
    private FilterChain chain;
    private WasmFormat modules;
    InstanceChanges changes;
    PluginLife life;

    /** One that proves quickly that what was unloaded is gone. */
    LifeFixture(Path home) throws IOException {
        this(home, Duration.ofMillis(200), Foreign.PATIENT);
    }

    /**
     * @param collections how long after one that it asked for it may ask for the next
     * @param filterDeadline for a question to a filter
     */
    LifeFixture(Path home, Duration collections, Duration filterDeadline) throws IOException {
        this.collections = collections;
        this.filterDeadline = filterDeadline;
        this.home = home;
        this.dropped = Files.createDirectories(home.resolve("plugins"));
        this.target = Files.createDirectories(home.resolve("target"));
        open();
    }

    void open() {
        var clock = Clock.systemUTC();
        database = Database.open(address);
        contributions = new Contributions();
        guard = new Guard(
                (_, plugin, problem, times) -> life.rested(plugin, problem, times), this::nanoTime, filterDeadline);
        chain = new FilterChain(contributions, guard);
        var ids = new Ids(clock);
        var sealed = new SealedSettings(SecretBox.of(Home.at(home)));
        var reach = new Reach(clients, guard, new FakeFiles());
        var rows = new InstanceRows(ids);
        var filters = new StoredHost<Filter>(
                Kind.FILTER,
                database,
                rows,
                clock,
                (slot, offer, spec, settings, lent) ->
                        guard.create(slot, offer, settings, context(reach, slot, offer, spec, settings, lent)));
        var providers = new StoredHost<AiProvider>(
                Kind.AI_PROVIDER,
                database,
                rows,
                clock,
                (slot, offer, spec, settings, lent) ->
                        guard.create(slot, offer, settings, context(reach, slot, offer, spec, settings, lent)));
        instances = new Instances(contributions, guard, sealed, List.of(filters, providers));
        var audit = new AuditLog();
        modules = new WasmFormat(Guests.ENGINE, new WasmFilters(), home.resolve("wasm"), filterDeadline);
        life = new PluginLife(new LifeParts(
                database,
                audit,
                ids,
                clock,
                contributions,
                guard,
                instances,
                List.of(new JarFormat(guard, new JarInspection(signedOnly, trust(), clock)), modules),
                dropped,
                bundled,
                Optional.of(target),
                home.resolve("private"),
                collections));
        changes = new InstanceChanges(database, audit, clock, contributions, instances, guard, sealed, life);
        life.start();
    }

    private LentContext context(
            Reach reach, Slot<?> slot, Offer<?> offer, InstanceSpec spec, Settings settings, Lent lent) {
        return new LentContext(
                spec.key(),
                reach.http(slot, offer, settings, lent),
                lent.around(reach.files(offer)),
                lent.around(new InstanceStore(database, spec.key(), Clock.systemUTC())),
                lent.tasks(),
                Clock.systemUTC());
    }

    /** Where certificates lie whose signatures are trusted. */
    Path trust() {
        return home.resolve("trust");
    }

    private long nanoTime() {
        return System.nanoTime() + skipped.get();
    }

    /** Lets time pass for what rests. */
    void skip(Duration time) {
        skipped.addAndGet(time.toNanos());
    }

    /** Ends the hub's part of it and begins anew, as a restart does. */
    void restart() {
        shut();
        open();
    }

    void shut() {
        life.close();
        modules.close();
        guard.close();
        database.close();
    }

    /** Puts a jar into the folder the way people do: all at once, under its name. */
    Path drop(PluginJar jar, String name) throws IOException {
        var built = jar.build(Files.createTempFile(home, "built", ".jar"));
        return move(built, dropped.resolve(name));
    }

    /** Puts a module into its folder, and its manifest beside it, unless that is empty. */
    Path drop(byte[] module, String manifest, String name) throws IOException {
        var file = home.resolve("wasm").resolve(name + ".wasm");
        var whole = Files.write(Files.createTempFile(home, "built", ".wasm"), module);
        // One right after the other: the hub takes what has been quiet for a moment.
        if (!manifest.isEmpty()) {
            var its = Files.writeString(Files.createTempFile(home, "built", ".json"), manifest);
            move(its, file.resolveSibling(name + ".json"));
        }
        return move(whole, file);
    }

    private static Path move(Path built, Path to) throws IOException {
        return Files.move(built, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Agrees to what plugins with secret settings ask for. */
    void allowSecrets(String plugin) {
        life.allow(plugin, new Permissions(AllowedHosts.NONE, false, true, Set.of()), "person:test");
    }

    Activation upload(PluginJar jar) throws IOException {
        var built = jar.build(Files.createTempFile(home, "built", ".jar"));
        return life.upload("uploaded.jar", Files.readAllBytes(built), "person:test");
    }

    Optional<Slot<Filter>> slot(String key) {
        return contributions.now().filter(key);
    }

    Asked<Verdict> ask(String key, String text) {
        return guard.apply(slot(key).orElseThrow(), Message.of(text), FACTS, Stage.CUSTOMER_IN);
    }

    /** What the filters make of a text, as one word. */
    String says(String key) {
        return slot(key)
                .map(slot -> ask(key, "hello"))
                .flatMap(Asked::answer)
                .map(verdict -> switch (verdict) {
                    case Verdict.Hold(var reason, var _, var _) -> reason;
                    case Verdict.Pass _ -> "pass";
                    default -> "other";
                })
                .orElse("nothing");
    }

    /** What the whole chain makes of a conversation's message, as one word. */
    String says(ConversationId conversation) {
        return says(conversation, "hello");
    }

    String says(ConversationId conversation, String text) {
        return switch (chain.apply(conversation, Message.of(text), FACTS, Stage.CUSTOMER_IN)) {
            case Filtered.Held held -> held.reason() instanceof Reason.Told(var reason) ? reason : "held";
            case Filtered.Through _ -> "pass";
            case Filtered.Blocked _ -> "block";
        };
    }

    void awaitSays(String key, String words) {
        Eventually.holds(() -> says(key).equals(words));
    }

    /** Waits until an activation of a file has ended, and returns the last one. */
    Activation awaitEnd(String fileName, Activation.Outcome outcome) {
        Eventually.holds(() -> last(fileName)
                .filter(one -> one.outcome().equals(Optional.of(outcome)))
                .isPresent());
        return last(fileName).orElseThrow();
    }

    /** Waits until that version of a file has ended so. */
    Activation awaitEnd(String fileName, Activation.Outcome outcome, String version) {
        Eventually.holds(() ->
                last(fileName).filter(one -> one.version().equals(version)).isPresent());
        return awaitEnd(fileName, outcome);
    }

    private Optional<Activation> last(String fileName) {
        return life.activations("", 100).stream()
                .filter(one -> one.fileName().equals(fileName))
                .findFirst();
    }

    PluginCard card(String plugin) {
        return life.view(Language.EN).plugins().stream()
                .filter(card -> card.id().equals(plugin))
                .findFirst()
                .orElseThrow();
    }

    List<String> audited() {
        return database.read(db -> new AuditLog().before(db, Long.MAX_VALUE, "", "", 100)).stream()
                .map(line -> line.entry().action())
                .collect(Collectors.toList())
                .reversed();
    }

    /** Waits for a line of the audit that is about this action and this content, and returns what else it says. */
    JsonNode audited(String action, String sha256) {
        Eventually.holds(() -> line(action, sha256).isPresent());
        return line(action, sha256).orElseThrow();
    }

    private Optional<JsonNode> line(String action, String sha256) {
        return database.read(db -> new AuditLog().before(db, Long.MAX_VALUE, "", "", 100)).stream()
                .filter(line -> line.entry().action().equals(action))
                .map(line -> Json.tree(line.entry().detail()))
                .filter(detail -> detail.path("sha256").asText().equals(sha256))
                .findFirst();
    }

    /** Lets somebody into the database whom the rights of files bind. */
    void openDatabaseToAll() throws IOException {
        if (address.socket().isEmpty()) return;
        Files.setPosixFilePermissions(address.socket().get(), PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** Waits until so many versions have been unloaded, and are proven to be gone from memory. */
    void awaitGone(int versions) {
        Eventually.holds(
                () -> audited().stream().filter("plugin.unloaded"::equals).count() >= versions
                        && life.view(Language.EN).unloading() == 0);
    }

    /** Makes the folder of the plugins that come with the hub; looked at from the next start on. */
    Path bundle() throws IOException {
        bundled = Optional.of(Files.createDirectories(home.resolve("bundled")));
        return bundled.get();
    }

    List<String> privateFiles() throws IOException {
        try (var files = Files.list(home.resolve("private"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    void assertRefused(Activation activation, String reason) {
        assertThat(activation.outcome()).contains(Activation.Outcome.REFUSED);
        assertThat(activation.reason().orElseThrow().en()).contains(reason);
    }

    @Override
    public void close() {
        shut();
        clients.close();
    }
}
