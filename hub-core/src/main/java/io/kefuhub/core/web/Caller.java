package io.kefuhub.core.web;

import java.util.Set;
import java.util.UUID;

/**
 * A person who calls. Immutable.
 *
 * @param name what colleagues and customers see
 * @param desks whose conversations this person may see; empty for all
 * @param csrf what unsafe calls of this session must carry
 * @param mustChangePassword until it is done, nothing else is allowed
 */
public record Caller(UUID id, String name, Set<Role> roles, Set<UUID> desks, String csrf, boolean mustChangePassword) {
    private static final Set<Role> SEEING = Set.of(Role.CONFIDANT, Role.SUPERVISOR, Role.ADMIN, Role.OWNER);

    public Caller {
        roles = Set.copyOf(roles);
        desks = Set.copyOf(desks);
    }

    /** Whether nothing is covered before this person. */
    public boolean seesPersonalData() {
        return SEEING.stream().anyMatch(roles::contains);
    }

    public boolean mayRead(UUID desk) {
        return desks.isEmpty() || desks.contains(desk);
    }

    /** How this person stands in the audit log. */
    public String actor() {
        return "person:" + id;
    }
}
