package io.kefuhub.core.web;

import java.util.Optional;

/** Knows who holds a session. Called from many threads; may ask the database. */
public interface Gate {
    /** Returns whose session it is; empty when it is none, or has ended. */
    Optional<Caller> caller(String sessionToken);

    /** Like {@link #caller}, but does not count as a use of the session. */
    default Optional<Caller> look(String sessionToken) {
        return caller(sessionToken);
    }
}
