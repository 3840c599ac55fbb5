package io.kefuhub.core.database;

import java.sql.SQLException;

/** A statement did not run; the cause says why. What was bound is not in the message, since customers wrote it. */
final class StatementFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StatementFailedException(SQLException cause) {
        super("a statement failed", cause);
    }
}
