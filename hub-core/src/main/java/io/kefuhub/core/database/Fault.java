package io.kefuhub.core.database;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;

/** What a failure means for the one who tried: whose fault it is, and whether trying again can help. */
enum Fault {
    /** Two transactions stood in each other's way; nothing was committed. */
    CONFLICT,
    /** The server cannot be reached, or the connection broke. */
    AWAY,
    /** The server cannot store anything more. */
    FULL,
    /** The caller's own: a constraint, bad data, a wrong statement, a defect. */
    OWN;

    static Fault of(Throwable failure) {
        return sqlException(failure).map(Fault::of).orElse(OWN);
    }

    private static Fault of(SQLException failure) {
        if (failure instanceof SQLTransientConnectionException || failure.getCause() instanceof IOException) {
            return AWAY;
        }
        var state = failure.getSQLState();
        if (state == null || state.startsWith("08") || state.startsWith("57P0")) {
            return AWAY;
        }
        return switch (state) {
            case "55P03" -> CONFLICT;
            case "53100", "58030" -> FULL;
            // Too many connections; a standby that has not taken over yet.
            case "53300", "25006" -> AWAY;
            default -> state.startsWith("40") ? CONFLICT : OWN;
        };
    }

    private static Optional<SQLException> sqlException(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof DatabaseAwayException) {
                return Optional.of(new SQLTransientConnectionException(at.getMessage()));
            }
            if (at instanceof SQLException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
