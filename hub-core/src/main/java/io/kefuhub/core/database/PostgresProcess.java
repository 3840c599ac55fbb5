package io.kefuhub.core.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running {@code postgres}, started through a shell that watches over this process: its input is a pipe from here, and
 * when that closes, however the hub went, it asks {@code postgres} for a fast and clean stop.
 */
final class PostgresProcess {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresProcess.class);
    private static final int PORT = 5432;
    private static final String WATCH = """
            exec 4<&0
            trap '' INT HUP TERM
            "$@" </dev/null 4<&- &
            child=$!
            { cat <&4 >/dev/null; kill -INT $child 2>/dev/null; } &
            watch=$!
            wait $child
            result=$?
            kill -9 $watch 2>/dev/null
            exit $result
            """;

    /**
     * What is started, and where.
     *
     * @param settings {@code name=value} lines of PostgreSQL's configuration
     */
    record Plan(Path programs, Path files, Path sockets, Path log, Account account, List<String> settings) {
        Path socket() {
            return sockets.resolve(".s.PGSQL." + PORT);
        }

        private Path pidFile() {
            return files.resolve("postmaster.pid");
        }
    }

    private final Process shell;
    private final long pid;

    private PostgresProcess(Process shell, long pid) {
        this.shell = shell;
        this.pid = pid;
    }

    /** Starts it and returns when it takes connections. The caller holds the folder's lock. */
    static PostgresProcess start(Plan plan) throws IOException {
        removeOrphan(plan);
        var shell = launch(plan);
        var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (shell.isAlive()
                && System.nanoTime() - end < 0
                && !Thread.currentThread().isInterrupted()) {
            var lines = pidLines(plan);
            if (lines.size() >= 8 && lines.get(7).startsWith("ready")) {
                return new PostgresProcess(
                        shell, Long.parseLong(lines.getFirst().strip()));
            }
            Pause.milliseconds(10);
        }
        shell.getOutputStream().close();
        throw new EmbeddedPostgresException(
                "PostgreSQL did not start; the end of " + plan.log + " says: " + tail(plan));
    }

    long pid() {
        return pid;
    }

    /** Waits until it has ended, whoever ended it. */
    int await() throws InterruptedException {
        return shell.waitFor();
    }

    /** Clean and fast: open transactions are rolled back, everything is written to disk. */
    void stop() throws IOException {
        shell.getOutputStream().close();
        try {
            if (!shell.waitFor(60, TimeUnit.SECONDS)) {
                LOG.warn("PostgreSQL does not stop; it is ended and will recover at the next start.");
                signal(pid, "QUIT");
                shell.waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Process launch(Plan plan) throws IOException {
        Files.deleteIfExists(plan.socket());
        var words = new ArrayList<>(List.of(
                plan.programs.resolve("bin/postgres").toString(),
                "-D",
                plan.files.toString(),
                "-p",
                Integer.toString(PORT),
                "-c",
                "unix_socket_directories=\"" + plan.sockets + "\""));
        for (var setting : plan.settings) {
            words.add("-c");
            words.add(setting);
        }
        // A session of its own: Ctrl-C at the terminal reaches the hub, which stops PostgreSQL when it is done with it.
        var all = new ArrayList<>(List.of("setsid", "/bin/sh", "-c", WATCH, "postgres-watch"));
        all.addAll(plan.account.command(words));
        var builder = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    /**
     * Clears what a killed hub left. We hold the lock, so a live {@code postgres} on these files belongs to nobody. A pid
     * file that names none of ours must go with the socket's lock file: in a container whose first process reaps late the
     * dead one stays as a zombie, and PostgreSQL would then refuse to start.
     */
    private static void removeOrphan(Plan plan) throws IOException {
        var lines = pidLines(plan);
        if (lines.isEmpty()) {
            return;
        }
        var orphan = orphan(plan, lines.getFirst().strip());
        if (orphan.isPresent()) {
            LOG.info("Stopping the PostgreSQL that an earlier hub left behind");
            signal(orphan.get().pid(), "INT");
            if (!ended(orphan.get(), 60)) {
                signal(orphan.get().pid(), "QUIT");
                ended(orphan.get(), 10);
            }
        }
        Files.deleteIfExists(plan.sockets.resolve(plan.socket().getFileName() + ".lock"));
        Files.deleteIfExists(plan.pidFile());
    }

    private static Optional<ProcessHandle> orphan(Plan plan, String pid) {
        return pid.matches("\\d{1,10}")
                ? ProcessHandle.of(Long.parseLong(pid)).filter(process -> runsOn(plan, process))
                : Optional.empty();
    }

    private static boolean runsOn(Plan plan, ProcessHandle process) {
        try {
            var words = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .split("\0");
            return words[0].endsWith("postgres") && List.of(words).contains(plan.files.toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean ended(ProcessHandle process, int seconds) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        var entry = Path.of("/proc/" + process.pid() + "/cmdline");
        while (System.nanoTime() - end < 0) {
            try {
                // A zombie has no words left.
                if (!process.isAlive() || Files.readString(entry).isEmpty()) {
                    return true;
                }
            } catch (IOException e) {
                return true;
            }
            Pause.milliseconds(10);
        }
        return false;
    }

    private static List<String> pidLines(Plan plan) throws IOException {
        try {
            return Files.readAllLines(plan.pidFile());
        } catch (java.nio.file.NoSuchFileException e) {
            return List.of();
        }
    }

    private static void signal(long pid, String name) {
        Command.run("/bin/sh", "-c", "kill -" + name + " " + pid);
    }

    private static String tail(Plan plan) throws IOException {
        var lines = Files.readAllLines(plan.log);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
    }
}
