package io.kefuhub.bench.start;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.Machine;
import io.kefuhub.bench.Newcomers;
import io.kefuhub.bench.Usage;
import io.kefuhub.bench.Visitors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Starts a hub that has been used again and again, and looks at it when it is left alone. {@code bench/start} calls it. */
public final class StartBench {
    private static final Duration READY_WITHIN = Duration.ofSeconds(3);
    private static final Duration HOT_WITHIN = Duration.ofSeconds(10);
    private static final long MOST_RESIDENT = 300L << 20;
    private static final String MODULE = "mask-words";
    private static final List<String> PAGES = List.of("/console/", "/chat", "/widget.js");

    private final Path dist;
    private final Hub hub;
    private final StartOptions options;

    private StartBench(Path dist, Hub hub, StartOptions options) {
        this.dist = dist;
        this.hub = hub;
        this.options = options;
    }

    /** {@code DIST HOME [options]}; see {@link StartOptions}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var options = StartOptions.of(List.of(arguments).subList(2, arguments.length));
        var dist = Path.of(arguments[0]);
        System.out.print(Machine.describe());
        boolean good;
        try (var hub = Hub.start(dist, Path.of(arguments[1]))) {
            good = new StartBench(dist, hub, options).isGood();
        }
        if (!good) System.exit(1);
    }

    private boolean isGood() throws IOException, InterruptedException {
        use();
        hub.stop();
        System.out.printf("%d starts of each, in turn; then %d s of quiet%n%n", options.rounds(), options.idle());
        var nothing = new ArrayList<Started>();
        var empty = new ArrayList<Started>();
        for (var i = 0; i < options.rounds(); i++) {
            nothing.add(startNothing());
            empty.add(start());
            hub.stop();
        }
        start();
        var idle = idle();
        hub.stop();

        install();
        var modules = new ArrayList<Started>();
        var hot = new ArrayList<Duration>();
        for (var i = 0; i < options.rounds(); i++) {
            modules.add(start());
            hot.add(awaitHot());
            hub.stop();
        }
        start();
        awaitHot();
        var idleWithModule = idle();

        System.out.println(StartTable.HEAD);
        System.out.println(StartTable.row("an empty program, the same flags", nothing));
        System.out.println(StartTable.row("the hub, no module", empty));
        System.out.println(StartTable.row("the hub, a module on", modules));
        System.out.println();
        System.out.println(StartTable.MEMORY_HEAD);
        System.out.println(StartTable.row("an empty program, the same flags", idleNothing()));
        System.out.println(StartTable.row("the hub, no module", idle));
        System.out.println(StartTable.row("the hub, a module on and hot", idleWithModule));
        System.out.printf(
                "%nA module that was on is hot %.1f s after ready (median)%n%n", StartTable.median(hot) / 1e3);
        return must(StartTable.medianReady(empty) <= READY_WITHIN.toMillis(), "ready within 3 s without a module")
                & must(StartTable.median(hot) <= HOT_WITHIN.toMillis(), "hot within 10 s of ready")
                & must(idle.hub() <= MOST_RESIDENT, "at most 300 MB resident when idle");
    }

    /** Lets people ask, so that there is something to start with. */
    private void use() {
        try (var visitors = new Visitors(hub.url);
                var coming = new Newcomers(visitors, 200)) {
            while (coming.served() < options.visitors()) {
                coming.throwFailure();
                LockSupport.parkNanos(5_000_000);
            }
            coming.finish();
        }
    }

    private Started start() throws IOException {
        var began = System.nanoTime();
        hub.launchAgain();
        while (hub.status("/readyz") != 200) {
            if (System.nanoTime() - began > Duration.ofMinutes(1).toNanos()) throw new IOException("it does not start");
            LockSupport.parkNanos(2_000_000);
        }
        var started = Started.since(began, hub.pid());
        for (var page : PAGES) {
            if (hub.status(page) != 200) throw new IOException("ready, but " + page + " is " + hub.status(page));
        }
        return started;
    }

    private Process launchNothing() throws IOException {
        var classes = System.getProperty("java.class.path").split(":")[0];
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + dist.resolve("conf/jvm.args"),
                        "--upgrade-module-path",
                        dist.resolve("lib/graal-compiler").toString(),
                        "-cp",
                        classes,
                        Nothing.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Started startNothing() throws IOException {
        var began = System.nanoTime();
        var process = launchNothing();
        try (var said = process.inputReader()) {
            if (!Nothing.HERE.equals(said.readLine())) throw new IOException("the empty program does not start");
            return Started.since(began, process.pid());
        } finally {
            process.destroy();
        }
    }

    private StartTable.Idle idleNothing() throws IOException, InterruptedException {
        var process = launchNothing();
        try {
            Thread.sleep(Duration.ofSeconds(5));
            return new StartTable.Idle(Started.residentBytes(process.pid()), 0, 0);
        } finally {
            process.destroy();
        }
    }

    /** Nobody comes; what happens by itself is over then. */
    private StartTable.Idle idle() throws IOException, InterruptedException {
        var before = Usage.of(hub.pid()).cpuSeconds();
        Thread.sleep(Duration.ofSeconds(options.idle()));
        var database = 0L;
        for (var process : hub.database().processes())
            database += Usage.of(process.pid()).bytes();
        return new StartTable.Idle(
                Started.residentBytes(hub.pid()), database, Usage.of(hub.pid()).cpuSeconds() - before);
    }

    private void install() throws IOException {
        var example = dist.resolve("../../../wasm-plugins").resolve(MODULE).normalize();
        for (var suffix : List.of(".json", ".wasm")) {
            Files.copy(
                    example.resolve(MODULE + suffix), hub.home.resolve("wasm").resolve(MODULE + suffix));
        }
        start();
        awaitHot();
        hub.stop();
    }

    /** Returns how long it took from now on. */
    private Duration awaitHot() throws IOException {
        var began = System.nanoTime();
        while (!isHot()) {
            if (System.nanoTime() - began > Duration.ofMinutes(1).toNanos()) throw new IOException("it stays cold");
            LockSupport.parkNanos(20_000_000);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private boolean isHot() {
        try {
            return hub.metric("kefuhub_wasm_warm{filter=\"" + MODULE + "\"}") == 1;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean must(boolean holds, String what) {
        System.out.println((holds ? "yes: " : "NO: ") + what);
        return holds;
    }
}
