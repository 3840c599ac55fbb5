package io.kefuhub.core.plugin.cases;

import io.kefuhub.api.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store in memory, with the real one's limits. Safe for threads. */
final class MemoryStore implements Store {
    private static final int KEY = 200;
    private static final int VALUE = 64 * 1024;

    private final Map<String, Entry> entries = new HashMap<>();
    private final InstantSource clock;

    MemoryStore(InstantSource clock) {
        this.clock = clock;
    }

    private record Entry(String value, Instant expiresAt) {}

    @Override
    public synchronized Optional<String> get(String key) {
        return Optional.ofNullable(live(key)).map(Entry::value);
    }

    @Override
    public synchronized void put(String key, String value, Duration expiry) {
        if (value.length() > VALUE) throw new IllegalArgumentException("a value has at most 64 KiB");
        entries.put(checked(key), new Entry(value, clock.instant().plus(expiry)));
    }

    @Override
    public synchronized boolean putIfAbsent(String key, String value, Duration expiry) {
        if (live(key) != null) return false;
        put(key, value, expiry);
        return true;
    }

    @Override
    public synchronized boolean compareAndSet(String key, String expected, String value, Duration expiry) {
        var there = live(key);
        if (there == null || !there.value.equals(expected)) return false;
        put(key, value, expiry);
        return true;
    }

    @Override
    public synchronized Optional<String> remove(String key) {
        var there = live(key);
        entries.remove(key);
        return Optional.ofNullable(there).map(Entry::value);
    }

    private @Nullable Entry live(String key) {
        var entry = entries.get(checked(key));
        return entry != null && entry.expiresAt.isAfter(clock.instant()) ? entry : null;
    }

    private static String checked(String key) {
        if (key.isEmpty() || key.length() > KEY) throw new IllegalArgumentException("a key has 1 to 200 characters");
        return key;
    }
}
