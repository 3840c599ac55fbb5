package io.kefuhub.core.plugin.wasm.guest;

import java.time.Duration;

/**
 * How long one call may take. Immutable.
 *
 * @param cpu that it may compute; noticed a few milliseconds late
 * @param wall that may pass, with all that holds the thread up
 */
public record Budget(Duration cpu, Duration wall) {
    private static final int PATIENCE = 5;
    /** What an asker waits who waits no longer than usual. */
    private static final Duration USUAL = Duration.ofMillis(500);
    /** Of the time an asker waits, in percent: it is to have the answer before. */
    private static final int SHARE = 90;

    /** Lets a busy machine hold the call up, within what an asker usually waits. */
    public static Budget of(Duration cpu) {
        return of(cpu, USUAL);
    }

    /** Lets a busy machine hold the call up, within what an asker waits; for longer where that is longer than usual. */
    public static Budget of(Duration cpu, Duration asker) {
        var longest = asker.multipliedBy(SHARE).dividedBy(100);
        var wall = asker.compareTo(USUAL) > 0 ? longest : shorter(cpu.multipliedBy(PATIENCE), longest);
        return new Budget(cpu, wall.compareTo(cpu) < 0 ? cpu : wall);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
