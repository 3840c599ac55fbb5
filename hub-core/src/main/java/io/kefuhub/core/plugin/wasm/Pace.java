package io.kefuhub.core.plugin.wasm;

import java.util.HashMap;
import java.util.Map;

/**
 * Tells when a module runs as machine code: when each of its questions takes a small part of what it took at first, for a
 * good while. One thread only.
 */
final class Pace {
    private static final int PART = 8;
    private static final int IN_A_ROW = 40;
    /** A machine that is busy at the first question must not make all others look fast. */
    private static final int BEGINNINGS = 3;

    private final Map<Object, Beginning> beginnings = new HashMap<>();
    private int fast;

    private record Beginning(int times, long least) {
        Beginning and(long nanos) {
            return new Beginning(times + 1, Math.min(least, nanos));
        }
    }

    /** Notes how long a question took; says whether all have been fast for long enough. */
    boolean isFastAfter(Object question, long nanos) {
        var beginning = beginnings.getOrDefault(question, new Beginning(0, Long.MAX_VALUE));
        if (beginning.times() < BEGINNINGS) {
            beginnings.put(question, beginning.and(nanos));
            return false;
        }
        fast = nanos <= beginning.least() / PART ? fast + 1 : 0;
        return fast >= IN_A_ROW;
    }
}
