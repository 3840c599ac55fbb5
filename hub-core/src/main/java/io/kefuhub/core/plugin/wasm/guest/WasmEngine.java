package io.kefuhub.core.plugin.wasm.guest;

import io.kefuhub.core.plugin.Confinement;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.SandboxPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine that all modules share. It starts with the first of them, so that a hub without modules pays nothing. Safe
 * for threads.
 */
public final class WasmEngine implements AutoCloseable {
    /** Of the compiler: whether loops whose rounds it can count run to their end before anything else of the hub goes on. */
    private static final String LEAVES_OUT_SAFEPOINTS = "jdk.graal.RemoveLoopSafepoints";

    /** What guests need of a thread's stack: interpreted, they reach two thousand calls on it, and not on one half as large. */
    public static final long STACK = 8L << 20;

    /** For those that once went too deep: to leave a deep stack costs them up to ten seconds, with all of what is above. */
    private static final long SHALLOW = 512L << 10;

    static final String LANGUAGE = "wasm";

    private static final Logger LOG = LoggerFactory.getLogger(WasmEngine.class);
    private static final String INTERPRETED = "Interpreted";

    private final Path cache;
    private volatile @Nullable Running running;
    private boolean closed;

    /** What runs from the first module on. */
    private record Running(
            Engine engine,
            Deadlines deadlines,
            ExecutorService killers,
            WasmWorkers workers,
            WasmWorkers shallow,
            WasmWorkers behind) {}

    /**
     * @param cache a folder for what the engine unpacks; made when it is needed
     */
    public WasmEngine(Path cache) {
        this.cache = cache;
    }

    /** Takes a module in, without running any of it. */
    public WasmModule load(Gated gated, WasmModule.Plan plan) {
        return new WasmModule(this, gated, plan);
    }

    /** What the engine calls itself; empty while no module has been there. */
    public Optional<String> implementation() {
        return Optional.ofNullable(running).map(now -> now.engine().getImplementationName());
    }

    /** Whether guests are compiled, as they should be, and not interpreted, which is a hundred times slower. */
    public boolean compiles() {
        return !started().engine().getImplementationName().equals(INTERPRETED);
    }

    /** Whether it is ready for a module, or would first have to start. */
    public boolean isStarted() {
        return running != null;
    }

    Context context() {
        var now = started();
        return withOurLoader(() -> Context.newBuilder(LANGUAGE)
                .engine(now.engine())
                .sandbox(SandboxPolicy.CONSTRAINED)
                .build());
    }

    Deadlines deadlines() {
        return started().deadlines();
    }

    WasmWorkers workers() {
        return started().workers();
    }

    /** Where those run that once went too deep. */
    WasmWorkers shallow() {
        return started().shallow();
    }

    /** Where those run that compute for long: behind everybody else. */
    WasmWorkers behind() {
        return started().behind();
    }

    private Running started() {
        var now = running;
        return now == null ? start() : now;
    }

    private synchronized Running start() {
        var before = running;
        if (before != null) return before;
        if (closed) throw new WasmFault(WasmFault.Kind.START, "the hub ends");
        var began = System.nanoTime();
        System.setProperty(
                "polyglot.engine.userResourceCache", cache.toAbsolutePath().toString());
        var engine = withOurLoader(() -> {
            CompilerThread.start();
            return build();
        });
        var killers = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("wasm-stop-", 0).factory());
        var size = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        var confinement = new Confinement();
        var next = new Running(
                engine,
                new Deadlines(killers, confinement),
                killers,
                new WasmWorkers("wasm-", size, STACK, () -> {}),
                new WasmWorkers("wasm-shallow-", size, SHALLOW, () -> {}),
                new WasmWorkers("wasm-behind-", size, STACK, confinement::putBehind));
        running = next;
        LOG.info(
                "The WASM engine started in {} ms: {}",
                Duration.ofNanos(System.nanoTime() - began).toMillis(),
                engine.getImplementationName());
        if (!compiles()) {
            LOG.warn(
                    "WASM modules are only interpreted, a hundred times slower than they could be: start the hub by its own script, with a Java 25 that is at least 25.0.2");
        } else if (!"false".equals(System.getProperty(LEAVES_OUT_SAFEPOINTS))) {
            LOG.warn(
                    "A WASM module that counts to a thousand million can hold up the whole hub for a second: start the hub by its own script, or with -D{}=false",
                    LEAVES_OUT_SAFEPOINTS);
        }
        return next;
    }

    /** The compiler is an expensive guest on small machines; the interpreter does not know of its options. */
    private static Engine build() {
        try {
            return builder(Map.of("engine.CompilerThreads", "1")).build();
        } catch (IllegalArgumentException e) {
            return builder(Map.of()).build();
        }
    }

    private static Engine.Builder builder(Map<String, String> more) {
        return Engine.newBuilder(LANGUAGE)
                .sandbox(SandboxPolicy.CONSTRAINED)
                .out(OutputStream.nullOutputStream())
                .err(OutputStream.nullOutputStream())
                // Told in our own words.
                .option("engine.WarnInterpreterOnly", "false")
                .options(more);
    }

    /** The engine keeps the loader of whoever starts it, which must not be that of a plugin. */
    private static <T> T withOurLoader(Supplier<T> work) {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        thread.setContextClassLoader(WasmEngine.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    /** Stops every guest and lets go of the engine. */
    @Override
    public synchronized void close() {
        closed = true;
        var now = running;
        running = null;
        if (now == null) return;
        now.workers().close();
        now.shallow().close();
        now.behind().close();
        now.engine().close(true);
        now.deadlines().close();
        now.killers().shutdown();
    }
}
