package io.kefuhub.api;

/**
 * The hub cannot do now what a plugin asks of it, because its database is away. The same call may succeed later; what it
 * was to write may have been written or not. A call of a generation that has ended gets it at once and for ever, and nothing
 * was written.
 *
 * <p>While the database is away, thrown after a few seconds by whatever is lent that needs the database: stores, timelines, contacts, files, inboxes.
 * A plugin that has nobody to tell need not catch it.
 */
public class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
