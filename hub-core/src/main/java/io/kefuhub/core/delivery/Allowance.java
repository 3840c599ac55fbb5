package io.kefuhub.core.delivery;

import java.time.Instant;
import java.util.Optional;

/**
 * How much may be said to a customer until they write again. Immutable.
 *
 * @param most replies that a window allows; {@link Integer#MAX_VALUE} where they are not counted
 * @param left of these; none once the window has closed
 * @param until when the window closes; empty where it never does
 * @param open whether the window is open, whatever is left
 */
public record Allowance(int most, int left, Optional<Instant> until, boolean open) {
    /** Whether replies are counted at all. */
    public boolean isCounted() {
        return most < Integer.MAX_VALUE;
    }

    public boolean isLimited() {
        return isCounted() || until.isPresent();
    }

    /** What the hub may say by itself: the last reply of a window is a person's, unless there is no other. */
    public int forHub() {
        return isCounted() && most > 1 ? Math.max(0, left - 1) : left;
    }
}
