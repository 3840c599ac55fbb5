package io.kefuhub.core.web;

import io.javalin.security.RouteRole;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Who may call a route: people by their roles, or programs by the scope of their token, never both. */
public enum Access implements RouteRole {
    ANYONE(EnumSet.allOf(Role.class)),
    SIGNED_IN(EnumSet.allOf(Role.class)),
    AGENT(EnumSet.of(Role.AGENT, Role.SUPERVISOR, Role.ADMIN, Role.OWNER)),
    SUPERVISOR(EnumSet.of(Role.SUPERVISOR, Role.ADMIN, Role.OWNER)),
    ADMIN(EnumSet.of(Role.ADMIN, Role.OWNER)),
    OWNER(EnumSet.of(Role.OWNER)),
    AUDITOR(EnumSet.of(Role.AUDITOR, Role.ADMIN, Role.OWNER)),
    /** What even who runs the hub has no business with. */
    OWNER_OR_AUDITOR(EnumSet.of(Role.AUDITOR, Role.OWNER)),
    /** A program whose token has the scope {@link Scope#MODELS}. */
    MODELS_TOKEN(Scope.MODELS);

    private final Set<Role> roles;
    private final Optional<Scope> scope;

    Access(Set<Role> roles) {
        this.roles = Set.copyOf(roles);
        this.scope = Optional.empty();
    }

    Access(Scope scope) {
        this.roles = Set.of();
        this.scope = Optional.of(scope);
    }

    /** Whether somebody with these roles may call the route. */
    public boolean allows(Set<Role> theirs) {
        return theirs.stream().anyMatch(roles::contains);
    }

    /** What a token must open; empty where people call. */
    public Optional<Scope> scope() {
        return scope;
    }
}
