package io.kefuhub.core;

import io.kefuhub.core.config.ConfigException;
import io.kefuhub.core.config.HubConfig;
import io.kefuhub.core.database.DataFolderInUseException;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.database.EmbeddedPostgresException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The hub's command line. */
public final class Main {
    private static final int USAGE = 2;
    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] arguments) {
        var command = arguments.length == 0 ? "run" : arguments[0];
        switch (command) {
            case "run" -> run(System.out);
            case "help", "--help", "-h" -> help(System.out);
            default -> {
                System.err.println("Unknown command: " + command);
                help(System.err);
                System.exit(USAGE);
            }
        }
    }

    private static void help(PrintStream out) {
        out.println("""
                Usage: kefuhub COMMAND

                  run     start the hub and serve until it is stopped
                  help    show this text""");
    }

    private static void run(PrintStream out) {
        try {
            var config = HubConfig.from(System.getenv());
            // dist's start script says where the plugins lie that come with the hub.
            var bundled =
                    Optional.ofNullable(System.getProperty("kefuhub.plugins")).map(Path::of);
            var hub = Hub.start(HubSetup.of(config, bundled, System.getenv(), line -> out.println("  " + line)));
            var stopped = new CountDownLatch(1);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                hub.close();
                                stopped.countDown();
                            },
                            "shutdown"));
            new Greeting(config, hub.port(), hub.firstOwner()).print(out);
            stopped.await();
        } catch (ConfigException | DataFolderInUseException | EmbeddedPostgresException | DatabaseAwayException e) {
            System.err.println("The hub cannot start. " + e.getMessage());
            System.exit(FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
