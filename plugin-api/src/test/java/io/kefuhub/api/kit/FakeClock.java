package io.kefuhub.api.kit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A clock that stands still until it is moved. Safe for threads. */
public final class FakeClock implements InstantSource {
    /** Where every fake clock starts. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Consumer<Instant>> watchers = new CopyOnWriteArrayList<>();
    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves on; whatever was to happen until then has happened when this returns. */
    public void move(Duration by) {
        Instant to;
        synchronized (this) {
            to = now.plus(by);
            now = to;
        }
        tell(to);
    }

    public void moveTo(Instant to) {
        synchronized (this) {
            if (to.isBefore(now)) throw new IllegalArgumentException("time does not go back");
            now = to;
        }
        tell(to);
    }

    private void tell(Instant to) {
        watchers.forEach(watcher -> watcher.accept(to));
    }

    void watch(Consumer<Instant> watcher) {
        watchers.add(watcher);
    }
}
