package io.kefuhub.core.conversation;

/** There is no conversation of that id or thread. */
public final class NoSuchConversationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchConversationException(String what) {
        super("no conversation " + what);
    }
}
