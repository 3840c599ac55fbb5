package io.kefuhub.core.access;

import io.kefuhub.api.Language;
import io.kefuhub.core.web.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody who works here. Immutable.
 *
 * @param login the sign-in name
 * @param name what colleagues and customers see
 * @param desks whose conversations this person may see; empty for all
 * @param managedBy the file that declares this person
 */
public record Person(
        UUID id,
        String login,
        String name,
        Set<Role> roles,
        Set<UUID> desks,
        Language language,
        boolean enabled,
        boolean mustChangePassword,
        Optional<Instant> lastSignIn,
        Optional<String> managedBy) {
    public Person {
        roles = Set.copyOf(roles);
        desks = Set.copyOf(desks);
    }

    Person withName(String other) {
        return new Person(id, login, other, roles, desks, language, enabled, mustChangePassword, lastSignIn, managedBy);
    }

    /** Whether only an owner may change this person. */
    boolean isPrivileged() {
        return roles.contains(Role.OWNER) || roles.contains(Role.ADMIN);
    }
}
