package io.kefuhub.bench.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server that is not the hub's: the programs and files that a stopped hub left, started by themselves and
 * reached over TCP. One thread only.
 */
final class DatabaseServer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path data;
    private final int port;
    private Process process;

    /** How it is told to end. */
    enum Stop {
        /** Connections are closed at once, everything is written to disk. */
        FAST("INT"),
        /** Nothing is written any more; the next start recovers. */
        IMMEDIATE("QUIT");

        private final String signal;

        Stop(String signal) {
            this.signal = signal;
        }
    }

    /** @param home of a hub that has stopped and was started at least once */
    DatabaseServer(Path home) throws IOException {
        data = home.resolve("data").toRealPath();
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        process = launch();
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/kefuhub";
    }

    /** Starts it again; returns when it takes connections. */
    void start() throws IOException {
        process = launch();
    }

    /** Returns when it has ended. */
    void stop(Stop how) throws IOException {
        signal(how);
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                throw new IOException("PostgreSQL does not stop");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void signal(Stop how) throws IOException {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + how.signal + " " + process.pid())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process launch() throws IOException {
        var words = new ArrayList<>(account());
        words.addAll(List.of(
                programs().resolve("bin/postgres").toString(),
                "-D",
                data.resolve("postgres").toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=" + data.resolve("run"),
                "-c",
                "max_connections=100"));
        var started = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling("server.txt").toFile()))
                .start();
        if (!Await.until(LIMIT, this::takesConnections)) throw new IOException("PostgreSQL does not start");
        return started;
    }

    private boolean takesConnections() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var lines = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
            return lines.size() > 7 && lines.get(7).startsWith("ready");
        } catch (IOException e) {
            return false;
        }
    }

    private Path programs() throws IOException {
        try (var folders = Files.newDirectoryStream(data, "postgres-bin-*")) {
            return folders.iterator().next();
        }
    }

    /** Words that make a command run under the account that owns the files, where that is not ours. */
    private List<String> account() throws IOException {
        var files = data.resolve("postgres");
        var owner = Files.getAttribute(files, "unix:uid").toString();
        if (owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString())) {
            return owner.equals("0") ? List.of("unshare", "-U") : List.of();
        }
        return List.of("setpriv", "--reuid=" + owner, "--regid=" + owner, "--clear-groups");
    }

    @Override
    public void close() throws IOException {
        if (process.isAlive()) stop(Stop.FAST);
    }
}
