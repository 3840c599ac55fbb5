package io.kefuhub.dist;

import io.kefuhub.bench.HubDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The packed hub in an empty folder, started as an admin starts it. */
final class UnpackedHub implements AutoCloseable {
    /** What is not about deadlines does not fail by one on a machine that is held up. */
    static final Map<String, String> PATIENT = Map.of("KEFUHUB_FILTER_DEADLINE", "20s");

    private static final Duration LIMIT = Duration.ofSeconds(90);

    final URI url;
    private final Path unpacked;
    private final Path home;
    private final Path output;
    private final Map<String, String> environment;
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    private UnpackedHub(Path unpacked, Path home, int port, Map<String, String> environment) throws IOException {
        this.environment = environment;
        this.url = URI.create("http://127.0.0.1:" + port);
        this.unpacked = unpacked;
        this.home = home;
        this.output = home.resolveSibling("output.txt");
        this.process = process();
    }

    /** Unpacks the archive into a folder, which has nothing else in it. */
    static Path unpack(Path folder) {
        var unpacked = folder.resolve(Once.UNPACKED.getFileName());
        Shell.run(List.of("cp", "-a", Once.UNPACKED.toString(), unpacked.toString()));
        return unpacked;
    }

    /** One with fast starts prepared, for all tests that only start it: do not write to it. */
    static Path prepared() {
        return Prepared.UNPACKED;
    }

    private static final class Prepared {
        static final Path UNPACKED = once();

        /** By whichever Java machine of the tests asks first; the others wait for it. */
        private static Path once() {
            var archive = Path.of(System.getProperty("archive"));
            var lock = archive.resolveSibling("prepared.lock");
            var folder = archive.resolveSibling("prepared");
            var made = folder.resolve("of-archive");
            try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                var version = Files.getLastModifiedTime(archive).toString();
                if (!Files.exists(made) || !Files.readString(made).equals(version)) {
                    Shell.run(List.of("rm", "-rf", folder.toString()));
                    prepare(unpack(Files.createDirectories(folder)));
                    Files.writeString(made, version);
                }
                return folder.resolve(Once.UNPACKED.getFileName());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void prepare(Path unpacked) {
            var java = System.getProperty("java.home");
            Shell.run(List.of(
                    "env",
                    "KEFUHUB_JAVA_HOME=" + java,
                    "KEFUHUB_HOME=" + unpacked.resolve("home"),
                    unpacked.resolve("bin/kefuhub").toString(),
                    "prepare"));
        }
    }

    /** To copy what was unpacked takes a tenth of the time. */
    private static final class Once {
        static final Path UNPACKED = unpack();

        private static Path unpack() {
            var folder = Shell.folder("unpacked-");
            Shell.run(List.of("tar", "-xzf", System.getProperty("archive"), "-C", folder.toString()));
            try (var content = Files.list(folder)) {
                return content.findFirst().orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static UnpackedHub start(Path unpacked, Path home) {
        return start(unpacked, home, Map.of());
    }

    /**
     * @param environment what the admin has set besides
     */
    static UnpackedHub start(Path unpacked, Path home, Map<String, String> environment) {
        MadeDatabase.in(home);
        return startAnew(unpacked, home, environment);
    }

    /** On a home where nothing was made before, all is done by the hub. */
    static UnpackedHub startAnew(Path unpacked, Path home, Map<String, String> environment) {
        try {
            return new UnpackedHub(unpacked, home, freePort(), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process process() throws IOException {
        var builder = new ProcessBuilder(unpacked.resolve("bin/kefuhub").toString(), "run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().put("KEFUHUB_HOME", home.toString());
        builder.environment().put("KEFUHUB_PORT", Integer.toString(url.getPort()));
        builder.environment().put("KEFUHUB_DEMO", "true");
        // So that the process that is started, and killed, is the hub itself.
        builder.environment().put("KEFUHUB_RESTART", "never");
        builder.environment().put("KEFUHUB_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(PATIENT);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Ends it as a power cut would. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts it once more, on the same home and port. */
    void startAgain() {
        try {
            process = process();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (status("/readyz") != 200) {
            if (!process.isAlive() || System.nanoTime() - end >= 0) {
                throw new AssertionError("the hub is not ready; it said: " + output());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    int status(String path) {
        try {
            return send(HttpRequest.newBuilder(url.resolve(path)).build()).statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitOutput(String text) {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!output().contains(text)) {
            if (System.nanoTime() - end >= 0) throw new AssertionError("no " + text + " in " + output());
            LockSupport.parkNanos(20_000_000);
        }
    }

    HubDatabase database() {
        return new HubDatabase(home);
    }

    /** What it printed behind a label at its first start, such as the password for one use. */
    String printed(String label) {
        var found = Pattern.compile(label + "\\s+(\\S+)").matcher(output());
        if (!found.find()) throw new AssertionError("no " + label + " in " + output());
        return found.group(1);
    }

    /** Asks it to end, as an admin or a service manager does, and gives its exit code. */
    int stop() {
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the hub does not stop; it said: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
        http.close();
    }

    /** Below those that the system gives to connections, one of which could take it before the hub does. */
    private static int freePort() {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            try (var free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (IOException _) {
                // taken
            }
        }
    }
}
