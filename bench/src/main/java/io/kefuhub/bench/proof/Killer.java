package io.kefuhub.bench.proof;

import io.kefuhub.bench.Hub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Kills, starts again and says how long the hub was away. One thread only. */
final class Killer {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Hub hub;

    Killer(Hub hub) {
        this.hub = hub;
    }

    /** Returns when the hub serves again: how long that took from the last blow on. */
    Duration strike(Blow blow) throws IOException {
        var processes = hub.database().processes();
        var first = processes.getFirst().pid();
        var since = System.nanoTime();
        switch (blow) {
            case HUB -> {
                hub.kill();
                hub.launchAgain();
            }
            case TWICE -> {
                hub.kill();
                hub.launchAgain();
                awaitOther(first);
                since = System.nanoTime();
                hub.kill();
                hub.launchAgain();
            }
            case EVERYTHING -> {
                hub.kill();
                processes.forEach(ProcessHandle::destroyForcibly);
                hub.launchAgain();
            }
            case POSTMASTER -> {
                processes.getFirst().destroyForcibly();
                awaitOther(first);
            }
            case DATABASE -> {
                processes.forEach(ProcessHandle::destroyForcibly);
                awaitOther(first);
            }
        }
        hub.awaitReady();
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** Waits for a PostgreSQL that takes connections and is not the one before. */
    private void awaitOther(long before) {
        if (!Await.until(LIMIT, () -> isOther(before))) throw new Broken("PostgreSQL did not come back");
    }

    private boolean isOther(long before) {
        try {
            var now = hub.database().pid();
            return now != 0 && now != before;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
