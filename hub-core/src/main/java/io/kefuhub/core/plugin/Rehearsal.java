package io.kefuhub.core.plugin;

import java.util.function.Supplier;

/**
 * Marks questions that somebody tries out and that no message hangs on: foreign code answers them as it would a message's,
 * and nothing of them is counted, kept or written down.
 */
public final class Rehearsal {
    private static final ScopedValue<Boolean> CURRENT = ScopedValue.newInstance();

    private Rehearsal() {}

    /** Whether what the calling thread asks, or is asked, is only tried out. */
    public static boolean isOn() {
        return CURRENT.isBound();
    }

    static <T> T of(Supplier<T> questions) {
        return ScopedValue.where(CURRENT, true).call(questions::get);
    }
}
