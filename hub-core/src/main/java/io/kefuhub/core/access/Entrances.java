package io.kefuhub.core.access;

import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Gate;
import io.kefuhub.core.web.Program;
import java.util.Optional;

/** The two ways in: people's sessions and programs' tokens. Immutable. */
public record Entrances(Sessions sessions, ApiTokens tokens) implements Gate {
    @Override
    public Optional<Caller> caller(String sessionToken) {
        return sessions.caller(sessionToken);
    }

    @Override
    public Optional<Caller> look(String sessionToken) {
        return sessions.look(sessionToken);
    }

    @Override
    public Optional<Program> program(String apiToken, String address) {
        return tokens.program(apiToken, address);
    }
}
