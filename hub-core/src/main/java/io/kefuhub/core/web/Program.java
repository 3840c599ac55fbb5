package io.kefuhub.core.web;

import java.util.Set;
import java.util.UUID;

/**
 * A program that calls with an API token. Immutable.
 *
 * @param token the id of its token
 * @param name of its token; stands in the books for whoever asked
 * @param desk on whose behalf it calls
 * @param aliases of models it may ask; empty for all
 */
public record Program(UUID token, String name, UUID desk, Set<Scope> scopes, Set<String> aliases) {
    public Program {
        scopes = Set.copyOf(scopes);
        aliases = Set.copyOf(aliases);
    }

    public boolean mayAsk(String alias) {
        return aliases.isEmpty() || aliases.contains(alias);
    }
}
