package io.kefuhub.api.kit;

import io.kefuhub.api.Store;
import io.kefuhub.api.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A store in memory, with the real one's limits and expiry. Safe for threads. */
public final class FakeStore implements Store {
    private static final int KEY_LIMIT = 200;
    private static final int VALUE_LIMIT = 64 * 1024;

    private final InstantSource clock;
    private final Map<String, Entry> entries = new HashMap<>();
    private boolean away;

    public FakeStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<String> get(String key) {
        return live(key).map(Entry::value);
    }

    @Override
    public synchronized void put(String key, String value, Duration expiry) {
        reach();
        if (key.isEmpty() || key.length() > KEY_LIMIT) throw new IllegalArgumentException("key");
        if (value.length() > VALUE_LIMIT) throw new IllegalArgumentException("value");
        entries.put(key, new Entry(value, clock.instant().plus(expiry)));
    }

    @Override
    public synchronized boolean putIfAbsent(String key, String value, Duration expiry) {
        if (live(key).isPresent()) return false;
        put(key, value, expiry);
        return true;
    }

    @Override
    public synchronized boolean compareAndSet(String key, String expected, String value, Duration expiry) {
        if (live(key).filter(entry -> entry.value.equals(expected)).isEmpty()) return false;
        put(key, value, expiry);
        return true;
    }

    @Override
    public synchronized Optional<String> remove(String key) {
        var there = live(key);
        entries.remove(key);
        return there.map(Entry::value);
    }

    /** Plays the database that is away, or is back. */
    public synchronized void away(boolean now) {
        away = now;
    }

    /** Everything that is stored now, for a test to look at. */
    public synchronized Map<String, String> contents() {
        var all = new HashMap<String, String>();
        entries.keySet().forEach(key -> get(key).ifPresent(value -> all.put(key, value)));
        return Map.copyOf(all);
    }

    private void reach() {
        if (away) throw new UnavailableException("the database is away");
    }

    private Optional<Entry> live(String key) {
        reach();
        return Optional.ofNullable(entries.get(key)).filter(entry -> entry.until.isAfter(clock.instant()));
    }

    private record Entry(String value, Instant until) {}
}
