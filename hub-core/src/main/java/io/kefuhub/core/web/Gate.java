package io.kefuhub.core.web;

import java.util.Optional;

/** Knows who holds a session or an API token. Called from many threads; may ask the database. */
public interface Gate {
    /** Returns whose session it is; empty when it is none, or has ended. */
    Optional<Caller> caller(String sessionToken);

    /** Like {@link #caller}, but does not count as a use of the session. */
    default Optional<Caller> look(String sessionToken) {
        return caller(sessionToken);
    }

    /**
     * Returns which program holds an API token; empty when it is none, has ended or was revoked.
     *
     * @param address where the call comes from
     * @throws Problem when too many wrong ones came from there
     */
    default Optional<Program> program(String apiToken, String address) {
        return Optional.empty();
    }
}
