package io.kefuhub.channel.wecom;

import io.kefuhub.api.Store;
import io.kefuhub.api.channel.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How far a reply of several messages has come, so that a further attempt goes on where the last one ended and says
 * nothing twice. Safe for threads.
 */
public final class Progress {
    private static final Duration KEPT = Duration.ofDays(2);

    private final Store store;
    private final InstantSource clock;

    /**
     * @param done messages that the platform has
     * @param doubtful whether it may have the next one too
     * @param since when that one was first tried
     */
    public record State(int done, boolean doubtful, Instant since) {}

    public Progress(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** An attempt after one of which nothing is known, as when the hub was killed, begins in doubt. */
    public State of(Delivery delivery) {
        return store.get(key(delivery))
                .map(Progress::read)
                .orElseGet(() -> new State(0, delivery.attempt() > 1, clock.instant()));
    }

    public void done(Delivery delivery, int messages) {
        put(delivery, new State(messages, false, clock.instant()));
    }

    /** The message after these many may have arrived. */
    public void doubtful(Delivery delivery, State state) {
        put(delivery, new State(state.done, true, state.since));
    }

    private void put(Delivery delivery, State state) {
        var text = state.done + (state.doubtful ? " ? " : " . ") + state.since.getEpochSecond();
        store.put(key(delivery), text, KEPT);
    }

    private static State read(String text) {
        var fields = text.split(" ");
        return new State(
                Integer.parseInt(fields[0]), fields[1].equals("?"), Instant.ofEpochSecond(Long.parseLong(fields[2])));
    }

    private static String key(Delivery delivery) {
        return "sent:" + delivery.id();
    }
}
