package io.kefuhub.bench.restart;

import io.kefuhub.bench.Hub;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One death and the start that followed.
 *
 * @param launched from the end of the process until the next one was there
 * @param serving from the end of the process until the next one served
 */
record Restart(Duration launched, Duration serving) {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Watches the hub, which is to die now, until it serves again; its own script starts it. */
    static Restart of(Hub hub) throws IOException {
        var before = machine(hub).orElseThrow(() -> new IOException("the hub does not run"));
        await(() -> !before.isAlive());
        var died = System.nanoTime();
        await(() -> machine(hub).isPresent());
        var launched = since(died);
        await(() -> hub.status("/readyz") == 200);
        return new Restart(launched, since(died));
    }

    /** The Java machine that the hub's script has started. */
    private static Optional<ProcessHandle> machine(Hub hub) {
        return ProcessHandle.of(hub.pid())
                .flatMap(script -> script.descendants()
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> process.info()
                                .command()
                                .filter(name -> name.endsWith("/java"))
                                .isPresent())
                        .findFirst());
    }

    private static void await(BooleanSupplier condition) throws IOException {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) throw new IOException("nothing comes after " + LIMIT);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
