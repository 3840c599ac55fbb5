package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.Store;
import java.time.Duration;

/**
 * How far a reply was handed over that needs more than one step, each of which the platform would show twice. Kept in the
 * store, so that whoever repeats the reply goes on where it was left. One thread at a time for one reply.
 */
record Progress(Store store, String delivery) {
    private static final Duration KEPT = Duration.ofDays(2);
    private static final String BEGUN = "?";

    /** The number of steps that are done. */
    int done() {
        var at = at();
        return Integer.parseInt(at.endsWith(BEGUN) ? at.substring(0, at.length() - 1) : at);
    }

    /** Whether a step was begun of which nobody knows how it ended. */
    boolean isUnknown() {
        return at().endsWith(BEGUN);
    }

    private String at() {
        return store.get(key()).orElse("0");
    }

    void begin(int step) {
        store.put(key(), step + BEGUN, KEPT);
    }

    /** Nothing was sent after all. */
    void notBegun(int step) {
        store.put(key(), String.valueOf(step), KEPT);
    }

    void did(int step) {
        store.put(key(), String.valueOf(step + 1), KEPT);
    }

    private String key() {
        return "delivery:" + Keys.of(delivery);
    }
}
