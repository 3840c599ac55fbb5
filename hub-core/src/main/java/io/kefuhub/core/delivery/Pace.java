package io.kefuhub.core.delivery;

import io.kefuhub.api.channel.Abilities;
import java.time.Duration;

/**
 * How often a growing answer may be shown. One thread only; times are those of {@link System#nanoTime}.
 *
 * <p>Live connections get 20 new characters at once and fewer after 40 ms, within what the channel bears. What was sent is
 * changed first after 400 ms and then once a second at most, after the tenth change more and more seldom. Messages of one
 * answer are 1.2 s apart.
 */
final class Pace {
    private static final int MANY = 20;
    private static final long SOON = Duration.ofMillis(40).toNanos();
    private static final long FETCHED = Duration.ofMillis(200).toNanos();
    private static final long FIRST_EDIT = Duration.ofMillis(400).toNanos();
    private static final long EDIT = Duration.ofSeconds(1).toNanos();
    static final Duration APART = Duration.ofMillis(1_200);
    private static final int AT_FULL_RATE = 10;
    private static final double SLOWER = 1.5;

    private final Abilities.Streaming streaming;
    private final long since;
    private long last;
    private int shown;
    private long gap;

    /** @param since when the first words were made */
    Pace(Abilities.Streaming streaming, long since) {
        this.streaming = streaming;
        this.since = since;
        this.last = since;
        this.gap =
                streaming instanceof Abilities.Streaming.Edits(var pause, var _) ? Math.max(EDIT, pause.toNanos()) : 0;
    }

    /** Says whether there is anything more to come before the end. */
    boolean goesOn() {
        return switch (streaming) {
            case Abilities.Streaming.Whole _ -> false;
            case Abilities.Streaming.Live _, Abilities.Streaming.Fetched _ -> true;
            // One change, or message, is kept for the end.
            case Abilities.Streaming.Edits(var _, var most) -> shown + 1 < most;
            case Abilities.Streaming.Chunks(var most) -> shown + 1 < most;
        };
    }

    /**
     * Returns in how many nanoseconds it may be shown; not positive for now.
     *
     * @param characters that have come since it was shown last
     */
    long pause(long now, int characters) {
        return switch (streaming) {
            case Abilities.Streaming.Whole _ -> Long.MAX_VALUE;
            case Abilities.Streaming.Live(var perSecond) -> {
                var least = EDIT / Math.max(1, perSecond);
                yield shown == 0 ? 0 : last + (characters >= MANY ? least : Math.max(least, SOON)) - now;
            }
            case Abilities.Streaming.Fetched _ -> shown == 0 ? 0 : last + FETCHED - now;
            case Abilities.Streaming.Chunks _ -> shown == 0 ? 0 : last + APART.toNanos() - now;
            case Abilities.Streaming.Edits _ -> shown == 0 ? since + FIRST_EDIT - now : last + gap - now;
        };
    }

    void shown(long now) {
        last = now;
        shown++;
        if (shown >= AT_FULL_RATE) gap = (long) (gap * SLOWER);
    }
}
