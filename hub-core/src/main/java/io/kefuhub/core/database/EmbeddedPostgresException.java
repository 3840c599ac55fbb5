package io.kefuhub.core.database;

/** The bundled PostgreSQL cannot be started; the message tells an admin what to do. */
public final class EmbeddedPostgresException extends RuntimeException {
    public EmbeddedPostgresException(String message) {
        super(message);
    }

    public EmbeddedPostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
