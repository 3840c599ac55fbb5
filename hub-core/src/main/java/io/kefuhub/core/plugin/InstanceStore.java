package io.kefuhub.core.plugin;

import io.kefuhub.api.Store;
import io.kefuhub.core.database.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The small durable map of one instance, in the database. Safe for threads. */
public final class InstanceStore implements Store {
    private static final int KEY = 200;
    private static final int VALUE = 64 * 1024;

    private final InstanceValues values = new InstanceValues();
    private final Database database;
    private final String instance;
    private final InstantSource clock;

    /**
     * @param instance whose map it is; kind and name, so that a channel and a filter of one name do not meet
     */
    public InstanceStore(Database database, String instance, InstantSource clock) {
        this.database = database;
        this.instance = instance;
        this.clock = clock;
    }

    @Override
    public Optional<String> get(String key) {
        return database.read(db -> values.get(db, instance, checked(key), clock.instant()));
    }

    @Override
    public void put(String key, String value, Duration expiry) {
        var expires = clock.instant().plus(expiry);
        database.useTransaction(tx -> values.put(tx, instance, checked(key), checkedValue(value), expires));
    }

    @Override
    public boolean putIfAbsent(String key, String value, Duration expiry) {
        var now = clock.instant();
        return database.inTransaction(
                tx -> values.putIfAbsent(tx, instance, checked(key), checkedValue(value), now.plus(expiry), now));
    }

    @Override
    public boolean compareAndSet(String key, String expected, String value, Duration expiry) {
        var now = clock.instant();
        return database.inTransaction(tx ->
                values.compareAndSet(tx, instance, checked(key), expected, checkedValue(value), now.plus(expiry), now));
    }

    @Override
    public Optional<String> remove(String key) {
        return database.inTransaction(tx -> values.remove(tx, instance, checked(key), clock.instant()));
    }

    /** Every key that has a value. */
    public List<String> keys() {
        return database.read(db -> values.keys(db, instance, clock.instant()));
    }

    private static String checked(String key) {
        if (key.isEmpty() || key.length() > KEY) throw new IllegalArgumentException("a key has 1 to 200 characters");
        return key;
    }

    private static String checkedValue(String value) {
        if (value.length() > VALUE) throw new IllegalArgumentException("a value has at most 64 KiB");
        return value;
    }
}
