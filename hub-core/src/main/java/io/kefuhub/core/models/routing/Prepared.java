package io.kefuhub.core.models.routing;

import io.kefuhub.core.models.ModelOutcome.Why;

/** Whether a call may be made. */
sealed interface Prepared {
    /**
     * @param cheaper whether a budget asks for the cheaper one from now on
     */
    record Ready(Attempt attempt, boolean cheaper) implements Prepared {}

    /** Not there, and not for this question. */
    record RuledOut(Why why, String detail) implements Prepared {}

    /** Nowhere. */
    record Refused(Why why, String detail) implements Prepared {}
}
