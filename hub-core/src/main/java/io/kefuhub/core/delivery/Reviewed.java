package io.kefuhub.core.delivery;

import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.conversation.Held;

/** What came of a reviewer's decision. */
public sealed interface Reviewed {
    /**
     * It counts.
     *
     * @param then what became of the message
     */
    record Done(Held.Decided decided, Then then) implements Reviewed {}

    /** Somebody had decided before; nothing has changed. */
    record Before(Held.Decided decided) implements Reviewed {}

    /** Somebody else talks to this customer, so nobody else can answer; nothing has changed. */
    record Taken(Assignee by) implements Reviewed {}

    /** There is no such message to review. */
    record Gone() implements Reviewed {}

    /** What becomes of a message. */
    enum Then {
        /** It goes on. */
        GOES_ON,
        /** Another filter keeps it now. */
        HELD_AGAIN,
        /** Somebody else speaks by now: it stays as a draft that only agents see. */
        TOO_LATE,
        /** It goes no further. */
        ENDS
    }
}
