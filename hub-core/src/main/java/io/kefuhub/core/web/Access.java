package io.kefuhub.core.web;

import io.javalin.security.RouteRole;
import java.util.EnumSet;
import java.util.Set;

/** Who may call a route. */
public enum Access implements RouteRole {
    ANYONE(EnumSet.allOf(Role.class)),
    SIGNED_IN(EnumSet.allOf(Role.class)),
    AGENT(EnumSet.of(Role.AGENT, Role.SUPERVISOR, Role.ADMIN, Role.OWNER)),
    SUPERVISOR(EnumSet.of(Role.SUPERVISOR, Role.ADMIN, Role.OWNER)),
    ADMIN(EnumSet.of(Role.ADMIN, Role.OWNER)),
    OWNER(EnumSet.of(Role.OWNER)),
    AUDITOR(EnumSet.of(Role.AUDITOR, Role.ADMIN, Role.OWNER));

    private final Set<Role> roles;

    Access(Set<Role> roles) {
        this.roles = Set.copyOf(roles);
    }

    /** Whether somebody with these roles may call the route. */
    public boolean allows(Set<Role> theirs) {
        return theirs.stream().anyMatch(roles::contains);
    }
}
