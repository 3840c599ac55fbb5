package io.kefuhub.core.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one hook that decides who may call a route. */
final class Doorkeeper implements Handler {
    private static final String SESSION_PATHS = "/api/session";

    private final Gate gate;

    Doorkeeper(Gate gate) {
        this.gate = gate;
    }

    @Override
    public void handle(Context ctx) {
        var roles = ctx.routeRoles();
        if (roles.size() != 1 || !(roles.iterator().next() instanceof Access access)) {
            throw new IllegalStateException("a route without a role: " + ctx.path());
        }
        if (access == Access.ANYONE) return;
        var caller = Optional.ofNullable(ctx.cookie(SessionCookie.NAME))
                .flatMap(gate::caller)
                .orElseThrow(() -> Problem.of(ProblemType.SIGNED_OUT));
        if (!isSafe(ctx.method()) && !same(caller.csrf(), ctx.header("X-CSRF"))) throw Problem.of(ProblemType.CSRF);
        if (caller.mustChangePassword() && !ctx.path().startsWith(SESSION_PATHS)) {
            throw Problem.of(ProblemType.PASSWORD_CHANGE_NEEDED);
        }
        if (!access.allows(caller.roles())) throw Problem.of(ProblemType.FORBIDDEN);
        ctx.attribute(Requests.CALLER, caller);
    }

    private static boolean isSafe(HandlerType method) {
        return method == HandlerType.GET || method == HandlerType.HEAD || method == HandlerType.OPTIONS;
    }

    private static boolean same(String expected, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
