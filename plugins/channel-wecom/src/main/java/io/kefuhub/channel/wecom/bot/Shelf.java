package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.Store;
import io.kefuhub.api.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Changes values of the instance's store that several may change at once: other threads, the generation before, another
 * node. Safe for threads.
 */
record Shelf(Store store, Duration expiry) {
    private static final int TRIES = 50;

    Optional<String> get(String key) {
        return store.get(key);
    }

    /**
     * Changes a value.
     *
     * @param change pure, as it may be asked again; what it returns unchanged is not written
     * @return the value now; empty when there is none and none came to be
     */
    Optional<String> change(String key, UnaryOperator<Optional<String>> change) {
        for (var tries = 0; tries < TRIES; tries++) {
            var before = store.get(key);
            var after = change.apply(before);
            if (after.equals(before) || after.isEmpty()) return before;
            var written = before.isEmpty()
                    ? store.putIfAbsent(key, after.get(), expiry)
                    : store.compareAndSet(key, before.get(), after.get(), expiry);
            if (written) return after;
        }
        throw new UnavailableException("too many change one value at once");
    }
}
