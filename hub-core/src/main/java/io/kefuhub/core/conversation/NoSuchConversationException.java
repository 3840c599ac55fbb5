package io.kefuhub.core.conversation;

/** There is no conversation of that id. */
public final class NoSuchConversationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchConversationException(ConversationId id) {
        super("no conversation " + id);
    }
}
