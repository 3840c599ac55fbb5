package io.kefuhub.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The packaged hub in a home of its own, started as an admin starts it. */
final class Hub implements AutoCloseable {
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

    final URI url;
    final Path home;
    private final Process process;

    private Hub(URI url, Path home, Process process) {
        this.url = url;
        this.home = home;
        this.process = process;
    }

    static Hub start(Path dist, Path home) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/load.yaml"), LIMITS);
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var builder = new ProcessBuilder(dist.resolve("bin/kefuhub").toString(), "run")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output.txt").toFile());
        builder.environment().put("KEFUHUB_HOME", home.toString());
        builder.environment().put("KEFUHUB_PORT", Integer.toString(port));
        builder.environment().put("KEFUHUB_DEMO", "true");
        // So that the process that is started, and measured, is the hub itself.
        builder.environment().put("KEFUHUB_RESTART", "never");
        builder.environment().remove("KEFUHUB_DB_URL");
        var hub = new Hub(URI.create("http://127.0.0.1:" + port), home, builder.start());
        hub.awaitReady();
        return hub;
    }

    private void awaitReady() throws IOException {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                throw new IOException("the hub does not start: " + Files.readString(home.resolve("output.txt")));
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    private boolean isReady() {
        var request = HttpRequest.newBuilder(url.resolve("/readyz")).build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    long databasePid() throws IOException {
        var file = home.resolve("data/postgres/postmaster.pid");
        return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    }

    /** Has it collect its garbage, so that what is resident is what is needed; does nothing without the JDK's tools. */
    void collectGarbage() throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) return;
        var command = new ProcessBuilder(jcmd.toString(), Long.toString(pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            command.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
