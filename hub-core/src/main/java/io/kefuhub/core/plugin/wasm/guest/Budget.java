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
    /** What an asker waits at most. */
    private static final Duration LONGEST = Duration.ofMillis(450);

    /** Lets a busy machine hold the call up, within what an asker waits. */
    public static Budget of(Duration cpu) {
        var wall = cpu.multipliedBy(PATIENCE);
        return new Budget(cpu, wall.compareTo(LONGEST) < 0 ? wall : cpu.compareTo(LONGEST) > 0 ? cpu : LONGEST);
    }
}
