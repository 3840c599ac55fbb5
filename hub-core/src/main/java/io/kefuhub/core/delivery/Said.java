package io.kefuhub.core.delivery;

import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.plugin.Reason;
import java.util.Optional;

/** What became of a reply. */
public sealed interface Said {
    /** It is committed, now or earlier under the same key. */
    record Done(MessageId message, long seq, boolean repeated) implements Said {}

    /** Somebody else speaks in this conversation now. */
    record NotYours(Mode mode, Optional<Assignee> assignee) implements Said {}

    /**
     * The platform would not take it before the customer writes again.
     *
     * @param needed replies of a window that it would take
     */
    record NoRoom(Allowance allowance, int needed) implements Said {}

    /** What is answered was taken back or changed meanwhile; nothing was written. */
    record Stale() implements Said {}

    /** A filter turned it away. */
    record Stopped(String filter, Reason reason) implements Said {}
}
