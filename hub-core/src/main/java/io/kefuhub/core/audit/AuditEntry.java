package io.kefuhub.core.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One decision.
 *
 * @param actor who decided, such as {@code hub} or {@code person:<id>}
 * @param action what was decided, such as {@code conversation.taken}
 * @param subject what it is about, such as {@code conversation:<id>}
 * @param detail a JSON object; never a secret, never what a customer said
 */
public record AuditEntry(
        Instant at, String actor, String action, String subject, Optional<UUID> conversation, String detail) {
    public static AuditEntry of(Instant at, String actor, String action, String subject) {
        return new AuditEntry(at, actor, action, subject, Optional.empty(), "{}");
    }
}
