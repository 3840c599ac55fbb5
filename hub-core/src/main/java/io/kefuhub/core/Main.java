package io.kefuhub.core;

import io.kefuhub.core.audit.chain.AuditCommand;
import io.kefuhub.core.config.ConfigException;
import io.kefuhub.core.config.HubConfig;
import io.kefuhub.core.database.DataFolderInUseException;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.database.EmbeddedPostgresException;
import io.kefuhub.core.plugin.authoring.PluginTest;
import io.kefuhub.core.plugin.wasm.WasmCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
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
            case "plugin" -> plugin(List.of(arguments).subList(1, arguments.length));
            case "wasm" -> wasm(List.of(arguments).subList(1, arguments.length));
            case "audit" -> audit(List.of(arguments).subList(1, arguments.length));
            case "rehearse" -> rehearse();
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

                  run                    start the hub and serve until it is stopped
                  prepare                have it start in half the time from now on; takes half a minute, once
                  plugin test FILE.jar   try a plugin as the hub would, without a database
                  wasm test FILE.wasm    run the cases of a WASM module, and measure it
                  wasm pack FILE.wasm    put a module's manifest into it
                  simulate PLATFORM      play wecom or feishu on this machine, so that its channels can be tried
                  audit verify           prove that audit and books are as they were sealed; the hub may run
                  help                   show this text""");
    }

    /** Ends the process whatever a plugin left running in it. */
    private static void plugin(List<String> words) {
        // Read when the first line is logged: the report is the only thing on the terminal, unless more is asked for.
        System.setProperty("logback.configurationFile", "logback-command.xml");
        System.setProperty("kefuhub.log", words.contains("--trace") ? "warn" : "off");
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        if (words.isEmpty() || !words.getFirst().equals("test")) {
            help(err);
            System.exit(USAGE);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            err.println("It ended before the test was over. / 测试尚未结束，进程已退出。");
            Runtime.getRuntime().halt(FAILED);
        }));
        var console = System.console();
        var terminal = console != null && console.isTerminal();
        var test = new PluginTest(System.getenv(), Clock.systemUTC(), out, err, terminal);
        Runtime.getRuntime().halt(test.run(words.subList(1, words.size())));
    }

    private static void wasm(List<String> words) {
        System.setProperty("logback.configurationFile", "logback-command.xml");
        System.setProperty("kefuhub.log", "off");
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(new WasmCommand(out, err).run(words));
    }

    private static void audit(List<String> words) {
        System.setProperty("logback.configurationFile", "logback-command.xml");
        System.setProperty("kefuhub.log", "off");
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(new AuditCommand(System.getenv(), out, err).run(words));
    }

    /** A part of {@code kefuhub prepare}. */
    private static void rehearse() {
        var ending = Ending.watch();
        try {
            Rehearsal.play(Path.of(System.getenv("KEFUHUB_HOME")), Path.of(System.getProperty("kefuhub.plugins")));
            ending.exit(0);
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
            ending.exit(FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(PrintStream out) {
        HeadStart.take();
        var ending = Ending.watch();
        try {
            var config = HubConfig.from(System.getenv());
            // dist's start script says where the plugins lie that come with the hub.
            var bundled =
                    Optional.ofNullable(System.getProperty("kefuhub.plugins")).map(Path::of);
            var hub = Hub.start(HubSetup.of(config, bundled, System.getenv(), line -> out.println("  " + line)));
            ending.serves(hub);
            new Greeting(config, hub.port(), hub.firstOwner()).print(out);
            // Until the process ends.
            new CountDownLatch(1).await();
        } catch (ConfigException | DataFolderInUseException | EmbeddedPostgresException | DatabaseAwayException e) {
            System.err.println("The hub cannot start. " + e.getMessage());
            ending.exit(FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            // A defect, or a part of the hub that is missing; started again it would only meet it again.
            System.err.println("The hub cannot start. What follows is for whoever looks into it.");
            e.printStackTrace();
            ending.exit(FAILED);
        }
    }
}
