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
    private static final String BEARER = "Bearer ";

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
        if (access.scope().isPresent()) {
            ctx.attribute(Requests.PROGRAM, program(ctx, access.scope().get()));
            return;
        }
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

    /** A cookie counts for nothing here, so that no page in a browser can ask in its owner's name. */
    private Program program(Context ctx, Scope scope) {
        var header = ctx.header("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw Problem.of(
                    ProblemType.NO_TOKEN,
                    "Send an API token as \"Authorization: Bearer …\".",
                    "请以 “Authorization: Bearer …” 发送 API 令牌。");
        }
        var program = gate.program(header.substring(BEARER.length()).strip(), Requests.address(ctx))
                .orElseThrow(() -> Problem.of(
                        ProblemType.WRONG_TOKEN, "No such token, or it has ended or was revoked.", "令牌不存在、已过期或已被吊销。"));
        if (!program.scopes().contains(scope)) {
            throw Problem.of(
                    ProblemType.FORBIDDEN,
                    new Words("The token lacks the scope \"%s\".", "此令牌没有“%s”权限。").with(scope.key()));
        }
        return program;
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
