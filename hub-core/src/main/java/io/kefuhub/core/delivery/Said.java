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

    /** A filter turned it away. */
    record Stopped(String filter, Reason reason) implements Said {}
}
