package io.kefuhub.core.access;

import io.kefuhub.core.web.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A token as the API shows one. */
record TokenView(
        UUID id,
        String name,
        String hint,
        List<Scope> scopes,
        List<String> aliases,
        UUID desk,
        String createdBy,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> usedAt,
        Optional<Instant> revokedAt) {
    static TokenView of(ApiToken token) {
        return new TokenView(
                token.id(),
                token.name(),
                token.hint(),
                token.scopes().stream().sorted().toList(),
                token.aliases().stream().sorted().toList(),
                token.desk(),
                token.createdBy(),
                token.created(),
                token.expires(),
                token.used(),
                token.revoked());
    }
}
