package io.kefuhub.core.models.routing;

import io.kefuhub.core.models.ModelOutcome.Why;
import java.time.Duration;
import java.util.Optional;

/** Whether a call may be made. */
sealed interface Prepared {
    /**
     * @param cheaper whether a budget asks for the cheaper one from now on
     */
    record Ready(Attempt attempt, boolean cheaper) implements Prepared {}

    /**
     * Not there, and not for this question.
     *
     * @param again after how long it may be there, where that is known
     */
    record RuledOut(Why why, String detail, Optional<Duration> again) implements Prepared {
        RuledOut(Why why, String detail) {
            this(why, detail, Optional.empty());
        }
    }

    /**
     * Nowhere.
     *
     * @param again after how long it may, where that is known
     */
    record Refused(Why why, String detail, Optional<Duration> again) implements Prepared {
        Refused(Why why, String detail) {
            this(why, detail, Optional.empty());
        }
    }
}
