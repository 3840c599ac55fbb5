package io.kefuhub.core.database;

import io.kefuhub.api.UnavailableException;

/**
 * The database did not answer within the time a caller may be kept waiting.
 *
 * <p>When the connection was lost while a commit was under way, what was written may be there or not.
 */
public final class DatabaseAwayException extends UnavailableException {
    private static final long serialVersionUID = 1L;

    public DatabaseAwayException(String message, Throwable cause) {
        super(message, cause);
    }

    public DatabaseAwayException(String message) {
        super(message);
    }
}
