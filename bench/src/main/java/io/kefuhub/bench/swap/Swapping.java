package io.kefuhub.bench.swap;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Drops one version of a plugin over the other in a rhythm, and counts how long each takes to serve. */
final class Swapping implements Runnable {
    private final Swapped plugin;
    private final Activations activations;
    private final Duration rhythm;
    private final Consumer<RuntimeException> failure;
    private final List<Duration> took = new CopyOnWriteArrayList<>();
    private volatile boolean going = true;
    private int number;

    /** @param failure told when a version did not come to serve; nothing is swapped any more then */
    Swapping(Swapped plugin, Activations activations, Duration rhythm, Consumer<RuntimeException> failure) {
        this.plugin = plugin;
        this.activations = activations;
        this.rhythm = rhythm;
        this.failure = failure;
    }

    String name() {
        return plugin.plugin();
    }

    /** From the end of each drop until every new call went to what was dropped. */
    List<Duration> took() {
        return took;
    }

    void stop() {
        going = false;
    }

    /** Drops the first version, which may serve already. */
    void begin() throws IOException, InterruptedException {
        plugin.drop(number++);
        activations.await(fileName(), Set.of("serving", "unchanged"));
    }

    @Override
    public void run() {
        try {
            for (var next = System.nanoTime(); going; next = Math.max(next + rhythm.toNanos(), System.nanoTime())) {
                for (var now = System.nanoTime(); now < next; now = System.nanoTime())
                    LockSupport.parkNanos(next - now);
                once();
            }
        } catch (IOException | InterruptedException e) {
            failure.accept(new IllegalStateException(e));
        } catch (RuntimeException e) {
            failure.accept(e);
        }
    }

    /** Swaps once; returns when the other version serves. */
    void once() throws IOException, InterruptedException {
        plugin.drop(number++);
        var dropped = System.nanoTime();
        activations.await(fileName(), Set.of("serving"));
        took.add(Duration.ofNanos(System.nanoTime() - dropped));
    }

    private String fileName() {
        return plugin.file().getFileName().toString();
    }
}
