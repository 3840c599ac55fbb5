package io.kefuhub.bench.platforms;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.plugin.ReplyPlugin;
import io.kefuhub.bench.swap.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Customers of a simulated platform write in bursts, some of it delivered twice, while the platform has faults and the hub is
 * killed; then everything that was said is compared with what was stored and with what customers read.
 */
public final class PlatformRun implements AutoCloseable {
    private static final String RESPONDERS = """
            responders:
              bench-reply: {type: bench-reply, order: 0}
            """;
    /** What may pass without any answer coming before the rest is taken for lost. */
    private static final Duration SILENCE = Duration.ofSeconds(90);

    private static final Duration FAULTS_EVERY = Duration.ofSeconds(2);
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(15);

    /** Of the platform's clock, so that nobody need wait for its repeats: the last comes hours later. */
    private static final Duration FIRST_STEP = Duration.ofSeconds(1);

    private static final Duration LONGEST_STEP = Duration.ofMinutes(2);

    private final PlatformOptions options;
    private final Simulated platform;
    private final Hub hub;
    private volatile int kills;

    /**
     * What came of it.
     *
     * @param said messages, by those who said them
     * @param stored messages of customers
     * @param answered questions that were read in an answer
     * @param wrong customers for whom the answers are not what they said, each once, and in order where the platform keeps one
     */
    public record Outcome(int said, long stored, long answered, int kills, Map<String, String> wrong) {
        public boolean balances() {
            return said == stored && said == answered && wrong.isEmpty();
        }
    }

    private PlatformRun(PlatformOptions options, Simulated platform, Hub hub) {
        this.options = options;
        this.platform = platform;
        this.hub = hub;
    }

    /** Starts both, the hub with the channel's jar and the file that the simulator proposes. */
    public static PlatformRun start(Path dist, Path home, PlatformOptions options) throws IOException {
        var conf = Files.createDirectories(home.resolve("conf"));
        var plugins = Files.createDirectories(home.resolve("plugins"));
        Files.copy(dist.resolve("plugins-available").resolve(options.jar()), plugins.resolve(options.jar()));
        Files.write(plugins.resolve("bench-reply.jar"), PluginJars.packed("bench-reply", "1.0.0", ReplyPlugin.class));
        var platform = Simulated.start(dist, home, options.platform());
        try {
            Files.writeString(conf.resolve("simulated.yaml"), platform.provisioning());
            Files.writeString(conf.resolve("responders.yaml"), RESPONDERS);
            var hub = Hub.start(dist, home);
            platform.calls(options.surface(), hub, options.channel());
            return new PlatformRun(options, platform, hub);
        } catch (IOException e) {
            platform.close();
            throw e;
        }
    }

    public Outcome run() throws IOException, SQLException, InterruptedException {
        var crowd = new Crowd(platform, options.surface());
        var trouble = new AtomicReference<@Nullable Exception>();
        var troubles = Thread.ofVirtual().start(() -> {
            try {
                trouble(crowd);
            } catch (IOException e) {
                trouble.set(e);
            }
        });
        crowd.speak(options.customers(), options.each());
        troubles.join();
        if (trouble.get() instanceof IOException e) throw e;
        platform.clearFaults();
        var heard = new Heard(platform, options.surface());
        awaitAnswers(heard, crowd.count());
        return outcome(crowd, heard);
    }

    /** Faults by turns while customers speak, and the kills, spread over what is said, some while answers are still sent. */
    private void trouble(Crowd crowd) throws IOException {
        var random = new Random(11);
        var all = options.customers() * options.each();
        var next = System.nanoTime();
        while (crowd.count() < all || kills < options.kills()) {
            var fault = FAULTS.get(random.nextInt(FAULTS.size()));
            platform.turnOn(fault.name, fault.times, fault.only);
            if (kills < options.kills()
                    && crowd.count() >= (kills + 1) * all / (options.kills() + 1)
                    && System.nanoTime() >= next) {
                kills++;
                hub.kill();
                hub.launchAgain();
                hub.awaitReady();
                next = System.nanoTime() + BETWEEN_KILLS.toNanos();
            }
            LockSupport.parkNanos(FAULTS_EVERY.toNanos());
        }
    }

    private record Fault(String name, int times, String only) {}

    /** Not one after which nobody could know whether a message arrived: that is proved with the channel alone. */
    private static final List<Fault> FAULTS = List.of(
            new Fault("expired-token", 2, ""),
            new Fault("rate-limit", 10, ""),
            new Fault("server-error", 10, ""),
            new Fault("html", 3, ""),
            new Fault("cut", 5, ""),
            new Fault("slow", 5, ""),
            new Fault("replay", 20, ""),
            new Fault("bad-signature", 5, ""));

    /**
     * Moves the platform's clock on to its repeats only once all that arrived has been answered: an hour of its own later it
     * takes a repeated answer for a new one. The steps are small at first, so that few repeats come at once.
     */
    private void awaitAnswers(Heard heard, int wanted) throws IOException, SQLException {
        var before = -1L;
        var step = FIRST_STEP;
        var end = System.nanoTime() + SILENCE.toNanos();
        while (true) {
            var answered = heard.look();
            if (answered >= wanted) return;
            var stored = stored();
            if (stored + answered > before) {
                end = System.nanoTime() + SILENCE.toNanos();
                step = FIRST_STEP;
            } else if (options.hasLadder() && answered >= stored) {
                platform.forward(step);
                if (step.compareTo(LONGEST_STEP) < 0) step = step.multipliedBy(2);
            }
            if (System.nanoTime() - end > 0) return;
            before = stored + answered;
            LockSupport.parkNanos(200_000_000);
        }
    }

    private Outcome outcome(Crowd crowd, Heard heard) throws IOException, SQLException {
        var answers = heard.byCustomer();
        var wrong = new TreeMap<String, String>();
        crowd.said().forEach((customer, lines) -> {
            var theirs = answers.getOrDefault(customer, List.of());
            if (!inOrder(lines).equals(inOrder(theirs))) wrong.put(customer, lines + " was answered " + theirs);
        });
        var answered = answers.values().stream().mapToInt(List::size).sum();
        return new Outcome(crowd.count(), stored(), answered, kills, wrong);
    }

    /** As they are, or where the platform promises no order, in one that can be compared. */
    private List<String> inOrder(List<String> lines) {
        return options.hasLadder() ? lines.stream().sorted().toList() : lines;
    }

    private long stored() throws IOException, SQLException {
        try (var connection = hub.database().connect();
                var ask = connection.createStatement();
                var rows = ask.executeQuery("select count(*) from message where author = 'CUSTOMER'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        hub.close();
        platform.close();
    }
}
