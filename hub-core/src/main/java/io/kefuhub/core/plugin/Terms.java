package io.kefuhub.core.plugin;

import java.time.Duration;

/**
 * What an admin decided about an instance, apart from its own settings. Immutable.
 *
 * @param deadline for one question
 * @param whenFailed what a filter's failure means; of no meaning elsewhere
 * @param scope where it is asked
 */
public record Terms(Duration deadline, WhenFailed whenFailed, Scope scope) {
    /** What becomes of a message whose filter failed or was late. */
    public enum WhenFailed {
        PASS,
        HOLD,
        BLOCK
    }

    public Terms {
        if (!deadline.isPositive()) throw new IllegalArgumentException("a deadline of nothing");
    }

    public static Terms of(Kind kind) {
        return new Terms(kind.deadline(), WhenFailed.PASS, Scope.EVERYWHERE);
    }

    public Terms withDeadline(Duration changed) {
        return new Terms(changed, whenFailed, scope);
    }

    public Terms withWhenFailed(WhenFailed changed) {
        return new Terms(deadline, changed, scope);
    }

    public Terms withScope(Scope changed) {
        return new Terms(deadline, whenFailed, changed);
    }
}
