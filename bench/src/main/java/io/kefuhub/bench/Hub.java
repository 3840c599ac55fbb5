package io.kefuhub.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The packaged hub in a home of its own, started as an admin starts it; it may be killed and started again. */
public final class Hub implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String LIMITS = """
            channels:
              wk_demo:
                type: web
                title: Load
                desk: main
                settings:
                  connections-per-address: 1000000
                  connections: 1000000
                  sessions-per-hour: 1000000
                  messages-per-10s: 1000000
                  messages-per-10min: 1000000
                  frames-per-second: 100000
            """;

    public final URI url;
    public final Path home;
    private final Path dist;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> environment;
    private Process process;

    private Hub(URI url, Path home, Path dist, Map<String, String> environment) throws IOException {
        this.url = url;
        this.home = home;
        this.dist = dist;
        this.environment = new HashMap<>(environment);
        process = launch();
    }

    /** Starts a new hub with the demo shop; returns when it is ready. */
    public static Hub start(Path dist, Path home) throws IOException {
        return start(dist, home, Map.of());
    }

    /** @param environment what the admin has set besides */
    public static Hub start(Path dist, Path home, Map<String, String> environment) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/load.yaml"), LIMITS);
        var hub = new Hub(URI.create("http://127.0.0.1:" + freePort()), home, dist, environment);
        hub.awaitReady();
        return hub;
    }

    /**
     * A port that no connection is given by itself. A client that calls a hub which is away, again and again, may be given
     * the hub's own port if it lies among those, and then talks to itself.
     */
    private static int freePort() throws IOException {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var free = new ServerSocket()) {
                free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (java.net.BindException e) {
                // taken
            }
        }
    }

    private Process launch() throws IOException {
        var builder = new ProcessBuilder(dist.resolve("bin/kefuhub").toString(), "run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("KEFUHUB_DB_"));
        builder.environment().put("KEFUHUB_HOME", home.toString());
        builder.environment().put("KEFUHUB_PORT", Integer.toString(url.getPort()));
        builder.environment().put("KEFUHUB_DEMO", "true");
        builder.environment().putIfAbsent("KEFUHUB_JAVA_HOME", System.getProperty("java.home"));
        // So that the process that is started, measured and killed is the hub itself.
        builder.environment().put("KEFUHUB_RESTART", "never");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Everything it printed. */
    public Path output() {
        return home.resolve("output.txt");
    }

    /** Given to it from the next start on. */
    public void environment(String name, String value) {
        environment.put(name, value);
    }

    /** Starts it on the same home and port; returns at once. */
    public void launchAgain() throws IOException {
        process = launch();
    }

    /** Returns when it says that it can serve. */
    public void awaitReady() throws IOException {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (status("/readyz") != 200) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                throw new IOException("the hub does not start: " + Files.readString(output()));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** The status of a GET; 0 when nobody answers. */
    public int status(String path) {
        var request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public HubDatabase database() {
        return new HubDatabase(home);
    }

    /** Ends it with signal 9. */
    public void kill() {
        process.destroyForcibly();
        await(process);
    }

    /** Ends it as an admin does. */
    public void stop() {
        process.destroy();
        if (!await(process)) process.destroyForcibly();
    }

    private static boolean await(Process process) {
        try {
            return process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Has it collect all its garbage, so that what is in memory is what is needed; does nothing without the JDK's tools.
     * Counting what lives begins with a whole collection, while the one that can be asked for takes what is young for alive.
     */
    public void collectGarbage() throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) return;
        var command = new ProcessBuilder(jcmd.toString(), Long.toString(pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await(command);
    }

    /** What it says of itself under a name at {@code /metrics}. */
    public double metric(String name) throws IOException {
        var request = HttpRequest.newBuilder(url.resolve("/metrics")).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no metric " + name));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
        http.shutdownNow();
        http.close();
    }
}
