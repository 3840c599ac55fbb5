package io.kefuhub.core.conversation;

import java.util.Optional;

/** What happened in a conversation. Immutable. */
public sealed interface EventBody {
    record Said(StoredMessage message) implements EventBody {}

    /** A message now reads differently, or has come further. */
    record Changed(StoredMessage message) implements EventBody {}

    /** Somebody else speaks now. */
    record Entered(Mode mode, Optional<Assignee> assignee) implements EventBody {}

    /** Everything up to a {@code seq} has been seen. */
    record Read(Speaker.Kind by, long upTo) implements EventBody {}

    /**
     * For agents only.
     *
     * @param cid the id that its author's browser gave it; missing in the oldest ones
     */
    record Noted(Assignee author, Optional<String> cid, String text) implements EventBody {}

    /** For agents only: it was settled which languages are spoken. */
    record Languages(LanguagePair pair) implements EventBody {}

    /**
     * What the customer thinks.
     *
     * @param message of one message; empty for the conversation
     * @param score from 1 to 5
     */
    record Rated(Optional<MessageId> message, int score, String text) implements EventBody {}

    /** What a person decided about a message that a filter kept; for agents only. */
    record Reviewed(MessageId message, Decision decision, Assignee by) implements EventBody {}
}
