package io.kefuhub.bench.platforms;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.Onlooker;
import io.kefuhub.bench.Visitors;
import io.kefuhub.bench.models.ModelServer;
import io.kefuhub.bench.plugin.AskPlugin;
import io.kefuhub.bench.swap.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * One customer asks on every kind of channel at once: web, WeCom's customer service, app and bot in both ways, Feishu in both
 * ways; and the only model takes long to say a word.
 */
public final class SlowModelRun implements AutoCloseable {
    /** How long the model takes. */
    public static final Duration DELAY = Duration.ofSeconds(10);

    private static final Duration OF_WECOM = Duration.ofSeconds(5);
    private static final Duration OF_FEISHU = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final String QUESTION = "请问这款茶叶是哪里产的？";
    private static final String ANSWER = "w" + (ModelServer.PIECES - 1);

    private final ModelServer models;
    private final Hub hub;
    private final Platform wecom;
    private final Platform feishu;
    private final Deque<AutoCloseable> running;
    private volatile boolean watching = true;

    private record Platform(String name, Simulated simulated, List<Surface> surfaces) {}

    /**
     * What became of the question on one kind of channel.
     *
     * @param acknowledged how long the platform, or the customer's page, waited at most to hear that the hub has it
     * @param trouble what the platform had against how it was answered; empty when nothing
     * @param seen how long the customer saw nothing
     */
    public record Kind(String name, Duration acknowledged, String trouble, Duration seen, int answers) {}

    /** @param said messages of the bot that the hub has stored */
    public record Outcome(List<Kind> kinds, long said, long asked) {}

    private SlowModelRun(ModelServer models, Hub hub, Platform wecom, Platform feishu, Deque<AutoCloseable> running) {
        this.models = models;
        this.hub = hub;
        this.wecom = wecom;
        this.feishu = feishu;
        this.running = running;
    }

    public static SlowModelRun start(Path dist, Path home) throws IOException {
        var running = new ArrayDeque<AutoCloseable>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var models = kept(running, new ModelServer());
            prepare(dist, home, models);
            var second = threads.submit(() -> Simulated.start(dist, home, "feishu"));
            var wecom = kept(running, Simulated.start(dist, home, "wecom"));
            var feishu = kept(running, got(second));
            Files.writeString(home.resolve("conf/wecom.yaml"), wecom.provisioning());
            Files.writeString(home.resolve("conf/feishu.yaml"), withoutDesk(feishu.provisioning()));
            var hub = kept(running, Hub.start(dist, home));
            var run = new SlowModelRun(
                    models,
                    hub,
                    new Platform("wecom", wecom, surfaces(OF_WECOM, "kf", "app", "bot", "bot-socket")),
                    new Platform("feishu", feishu, surfaces(OF_FEISHU, "webhook", "long-connection")),
                    running);
            run.connect();
            return run;
        } catch (IOException | RuntimeException e) {
            end(running);
            throw e;
        }
    }

    private static <T extends AutoCloseable> T kept(Deque<AutoCloseable> running, T begun) {
        running.push(begun);
        return begun;
    }

    /** Newest first. */
    private static void end(Deque<AutoCloseable> running) {
        for (var one : running) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static List<Surface> surfaces(Duration limit, String... names) {
        return Stream.of(names).map(name -> new Surface(name, limit, ANSWER)).toList();
    }

    private static void prepare(Path dist, Path home, ModelServer models) throws IOException {
        var plugins = Files.createDirectories(home.resolve("plugins"));
        for (var jar : List.of("channel-wecom-1.0.0.jar", "channel-feishu-1.0.0.jar", "ai-openai-1.0.0.jar")) {
            Files.copy(dist.resolve("plugins-available").resolve(jar), plugins.resolve(jar));
        }
        Files.write(
                plugins.resolve(AskPlugin.RESPONDER + ".jar"),
                PluginJars.packed(AskPlugin.RESPONDER, "1.0.0", AskPlugin.class));
        Files.writeString(Files.createDirectories(home.resolve("conf")).resolve("slow.yaml"), slow(models));
    }

    private static String slow(ModelServer models) {
        return """
                plugins:
                  ai-openai: {allow: {files: true, secrets: true, hosts: ["127.0.0.1:%d"]}}
                providers:
                  slow: {type: openai-compatible, title: Slow, settings: {address: "%s"}}
                deployments:
                  slow: {provider: slow, model: stub, unpriced: true, firstContent: 20s, gap: 10s, whole: 45s}
                aliases:
                  slow: {deployments: [slow]}
                responders:
                  ask: {type: %s, title: Ask, order: 0, settings: {alias: slow}}
                  faq: {type: faq, order: 1}
                """.formatted(models.port(), models.address(0), AskPlugin.RESPONDER);
    }

    /** Both files name the same desk, which is to be named once. */
    private static String withoutDesk(String yaml) {
        return yaml.substring(yaml.indexOf("plugins:"));
    }

    private static <T> T got(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when both platforms find the hub at each of their ways in. */
    private void connect() throws IOException {
        for (var platform : List.of(wecom, feishu)) {
            for (var surface : platform.surfaces) {
                var channel = "sim_" + platform.name + "_" + surface.name().replace('-', '_');
                platform.simulated.calls(surface.name(), hub, channel);
                await("connected: " + surface.name(), () -> isFound(platform, surface));
            }
        }
    }

    private static boolean isFound(Platform platform, Surface surface) {
        try {
            return platform.simulated.verify(surface.name());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has somebody ask everywhere while the model is quick, and somebody else when it is slow; tells of the second. */
    public Outcome run() throws IOException, SQLException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var visitors = new Visitors(hub.url)) {
            var watchers = new ArrayList<Future<Boolean>>();
            for (var platform : List.of(wecom, feishu)) {
                var before = platform.simulated
                        .changes(0, Duration.ZERO)
                        .path("last")
                        .asLong();
                watchers.add(threads.submit(() -> watch(platform, before)));
            }
            try (var quick = Onlooker.enter(visitors)) {
                askEverywhere(threads, quick, "Bert");
            }
            var said = said();
            var asked = models.calls();
            models.takesLonger(DELAY);
            try (var onlooker = Onlooker.enter(visitors)) {
                askEverywhere(threads, onlooker, "Anna");
                watching = false;
                for (var one : watchers) got(one);
                return new Outcome(kinds(onlooker), said() - said, models.calls() - asked);
            }
        }
    }

    /** Has one more ask on the web, who leaves at the first sign of somebody typing; gives how long that took. */
    public Duration typing() throws IOException {
        try (var visitors = new Visitors(hub.url);
                var onlooker = Onlooker.enter(visitors)) {
            onlooker.ask(QUESTION);
            await("typing", () -> onlooker.typing().isPresent());
            return onlooker.typing().orElseThrow();
        }
    }

    /** Returns when everybody is answered. */
    private void askEverywhere(ExecutorService threads, Onlooker onlooker, String name) throws IOException {
        var questions = new ArrayList<Callable<Boolean>>();
        for (var platform : List.of(wecom, feishu)) {
            for (var surface : platform.surfaces) questions.add(question(platform, surface, name));
        }
        var all = new ArrayList<Future<Boolean>>();
        for (var question : questions) all.add(threads.submit(question));
        onlooker.ask(QUESTION);
        for (var one : all) got(one);
        await("answers", () -> onlooker.answers() > 0 && surfaces().stream().allMatch(one -> one.answers() > 0));
    }

    private static Callable<Boolean> question(Platform platform, Surface surface, String name) throws IOException {
        var customer = platform.simulated.welcome(surface.name(), name);
        return () -> {
            surface.asked();
            platform.simulated.says(surface.name(), customer, QUESTION, Map.of());
            return true;
        };
    }

    private List<Surface> surfaces() {
        var all = new ArrayList<>(wecom.surfaces);
        all.addAll(feishu.surfaces);
        return all;
    }

    private boolean watch(Platform platform, long before) throws IOException {
        for (var after = before; watching; ) {
            var changes = platform.simulated.changes(after, WAIT);
            var now = System.nanoTime();
            after = changes.path("last").asLong();
            for (var surface : platform.surfaces) surface.tell(changes, now);
        }
        return true;
    }

    private List<Kind> kinds(Onlooker onlooker) {
        var kinds = new ArrayList<Kind>();
        kinds.add(new Kind(
                "web",
                onlooker.acknowledged().orElseThrow(),
                "",
                onlooker.seen().orElseThrow(),
                onlooker.answers()));
        for (var platform : List.of(wecom, feishu)) {
            for (var surface : platform.surfaces) {
                kinds.add(new Kind(
                        platform.name + " " + surface.name(),
                        surface.slowest(),
                        surface.trouble(),
                        surface.seen().orElseThrow(),
                        surface.answers()));
            }
        }
        return kinds;
    }

    private long said() throws IOException, SQLException {
        try (var connection = hub.database().connect();
                var ask = connection.createStatement();
                var rows = ask.executeQuery("select count(*) from message where author = 'BOT'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void await(String what, BooleanSupplier condition) throws IOException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IOException(
                        "waited in vain for " + what + "; the hub said: " + Files.readString(hub.output()));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        watching = false;
        end(running);
    }
}
