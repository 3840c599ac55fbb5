package io.kefuhub.core.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a channel fares, for who sets it up: what it did last since the hub started, and what is to be done. Immutable.
 *
 * @param address what is pasted on the platform's side
 * @param verifies whether it is off and answers the platform's verification all the same
 * @param connection the one that the channel keeps, if it keeps one
 * @param delayMillis between a message and its arrival, by the clocks of the platform and the hub; negative when the
 *     platform's clock is ahead
 * @param todo most urgent first
 */
public record DoctorView(
        String address,
        boolean verifies,
        Optional<Seen> lastCall,
        Optional<Seen> lastRefused,
        Optional<Seen> lastPull,
        Optional<Seen> lastSend,
        Optional<Connection> connection,
        Optional<Long> delayMillis,
        List<Todo> todo) {
    public DoctorView {
        todo = List.copyOf(todo);
    }

    /** @param outcome {@code fine}, {@code answered}, {@code refused}, {@code later}, {@code misconfigured}, {@code failed} */
    public record Seen(Instant at, String outcome, String detail) {}

    public record Connection(boolean up, Instant since) {}

    /**
     * Something to do.
     *
     * @param code the console words it
     * @param about fills it in; may be empty
     */
    public record Todo(String code, String about) {}
}
