package io.kefuhub.core.admin;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A channel and how it is. Immutable.
 *
 * @param addresses where people or platforms reach it
 */
public record ChannelView(
        String key,
        String title,
        String contribution,
        UUID desk,
        boolean enabled,
        Optional<String> managedBy,
        Health health,
        List<String> addresses) {
    public ChannelView {
        addresses = List.copyOf(addresses);
    }

    /**
     * How it is.
     *
     * @param state {@code ok}, {@code starting}, {@code failing} or {@code off}
     * @param field the setting that is wrong
     */
    public record Health(String state, Optional<String> detail, Optional<String> field, Optional<Instant> since) {
        public static Health of(State state) {
            return new Health(
                    state.name().toLowerCase(Locale.ROOT), Optional.empty(), Optional.empty(), Optional.empty());
        }

        public Health because(String detail) {
            return new Health(state, Optional.of(detail), field, since);
        }
    }

    /** In a word. */
    public enum State {
        OK,
        STARTING,
        FAILING,
        OFF
    }
}
