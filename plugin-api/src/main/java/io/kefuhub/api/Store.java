package io.kefuhub.api;

import java.time.Duration;
import java.util.Optional;

/**
 * A small durable map of one instance; survives swaps and restarts. Safe for threads; every call is one short statement
 * on the database, so none belongs on a hot path.
 *
 * <p>Keys have at most 200 characters, values at most 64 KiB. What has expired is absent.
 */
public interface Store {
    /** Returns the value, unless there is none or it has expired. */
    Optional<String> get(String key);

    /**
     * Stores a value, whatever was there.
     *
     * @param expiry how long it is kept from now on
     */
    void put(String key, String value, Duration expiry);

    /** Stores the value unless the key is there; says whether it stored. */
    boolean putIfAbsent(String key, String value, Duration expiry);

    /** Replaces the expected value; says whether it was the one there. */
    boolean compareAndSet(String key, String expected, String value, Duration expiry);

    /** Removes the key; returns the value that was there. Of several callers at once, one gets it. */
    Optional<String> remove(String key);
}
