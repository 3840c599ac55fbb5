package io.kefuhub.core.telemetry;

import io.kefuhub.api.Localized;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What each channel did last, kept in memory for those who look after it. Safe for threads; noting something costs one
 * write to memory.
 */
public final class ChannelWatch {
    private static final int LONGEST = 300;

    private final InstantSource clock;
    private final ConcurrentHashMap<String, Notes> notes = new ConcurrentHashMap<>();

    /** How something ended. */
    public enum Outcome {
        /** As it should. */
        FINE,
        /** Nothing was there to be done. */
        ANSWERED,
        /** It was not genuine. */
        REFUSED,
        /** It is tried again. */
        LATER,
        /** Nothing goes until an admin changes a setting. */
        MISCONFIGURED,
        /** It did not work. */
        FAILED
    }

    /**
     * @param setting the one to be changed, where that is known
     * @param detail a number of messages where it went well, else why not, in words of the channel or the hub
     */
    public record Seen(Instant at, Outcome outcome, String setting, Localized detail) {}

    /**
     * @param since when the connection came up or was lost
     * @param refused why the platform does not let it come up, in words of the channel
     */
    public record Line(boolean up, Instant since, Optional<Localized> refused) {}

    /**
     * All that is known of one channel since the hub started.
     *
     * @param called the platform's last call
     * @param refused its last call that was refused
     * @param line the connection that the channel keeps
     * @param delay what the clocks of the platform and the hub said between a message and its arrival, at the last call that
     *     carried one; negative when the platform's clock is ahead
     */
    public record Standing(
            Optional<Seen> called,
            Optional<Seen> refused,
            Optional<Seen> pulled,
            Optional<Seen> sent,
            Optional<Line> line,
            Optional<Duration> delay) {}

    private static final class Notes {
        private volatile @Nullable Seen called;
        private volatile @Nullable Seen refused;
        private volatile @Nullable Seen pulled;
        private volatile @Nullable Seen sent;
        private volatile @Nullable Line line;
        private volatile @Nullable Duration delay;
    }

    public ChannelWatch(InstantSource clock) {
        this.clock = clock;
    }

    public void called(String instance, Outcome outcome, Localized detail) {
        var seen = seen(outcome, detail);
        var mine = of(instance);
        mine.called = seen;
        if (outcome == Outcome.REFUSED) mine.refused = seen;
    }

    /** @param written when the platform says that a message was written which it has just brought */
    public void heard(String instance, Instant written) {
        of(instance).delay = Duration.between(written, clock.instant());
    }

    public void pulled(String instance, Outcome outcome, Localized detail) {
        of(instance).pulled = seen(outcome, detail);
    }

    public void sent(String instance, Outcome outcome, Localized detail) {
        of(instance).sent = seen(outcome, detail);
    }

    /** Nothing can be sent until the setting is changed. */
    public void misconfigured(String instance, String setting, Localized detail) {
        of(instance).sent = seen(Outcome.MISCONFIGURED, setting, detail);
    }

    public void line(String instance, boolean up) {
        var mine = of(instance);
        var before = mine.line;
        if (before == null || before.up() != up) mine.line = new Line(up, clock.instant(), Optional.empty());
    }

    /** The platform does not let a channel's connection come up; says whether that is news. */
    public boolean refused(String instance, Localized why) {
        var mine = of(instance);
        var words = Optional.of(shortened(why));
        synchronized (mine) {
            var before = mine.line;
            if (before != null && !before.up() && before.refused().equals(words)) return false;
            mine.line = new Line(false, clock.instant(), words);
            return true;
        }
    }

    /** Another generation of a channel serves, which nobody has refused yet. */
    public void begins(String instance) {
        var mine = of(instance);
        synchronized (mine) {
            var before = mine.line;
            if (before != null && !before.refused().isEmpty()) mine.line = null;
        }
    }

    public Standing standing(String instance) {
        var mine = of(instance);
        return new Standing(
                Optional.ofNullable(mine.called),
                Optional.ofNullable(mine.refused),
                Optional.ofNullable(mine.pulled),
                Optional.ofNullable(mine.sent),
                Optional.ofNullable(mine.line),
                Optional.ofNullable(mine.delay));
    }

    private Notes of(String instance) {
        return notes.computeIfAbsent(instance, _ -> new Notes());
    }

    private Seen seen(Outcome outcome, Localized detail) {
        return seen(outcome, "", detail);
    }

    private Seen seen(Outcome outcome, String setting, Localized detail) {
        return new Seen(clock.instant(), outcome, setting, shortened(detail));
    }

    private static Localized shortened(Localized words) {
        return words.map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    }
}
