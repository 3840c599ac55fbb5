package io.kefuhub.core.access;

import io.kefuhub.core.web.Program;
import io.kefuhub.core.web.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a program calls with, but for its secret. Immutable.
 *
 * @param hint the first characters of the secret, by which people tell tokens apart
 * @param aliases of models it may ask; empty for all
 * @param desk on whose behalf its programs call
 * @param createdBy an actor as in the audit log
 * @param used when it last let somebody in, to a minute
 */
record ApiToken(
        UUID id,
        String name,
        String hint,
        Set<Scope> scopes,
        Set<String> aliases,
        UUID desk,
        String createdBy,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> used,
        Optional<Instant> revoked) {
    ApiToken {
        scopes = Set.copyOf(scopes);
        aliases = Set.copyOf(aliases);
    }

    Program program() {
        return new Program(id, name, desk, scopes, aliases);
    }

    boolean isGood(Instant now) {
        return revoked.isEmpty() && expires.filter(end -> !end.isAfter(now)).isEmpty();
    }
}
