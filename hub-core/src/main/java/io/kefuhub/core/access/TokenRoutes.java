package io.kefuhub.core.access;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import io.kefuhub.core.web.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The tokens that programs call with. */
public final class TokenRoutes implements RouteModule {
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}");
    private static final int MOST_ALIASES = 50;

    private final ApiTokens tokens;
    private final Supplier<Set<UUID>> desks;
    private final InstantSource clock;

    /** @param desks the desks there are */
    public TokenRoutes(ApiTokens tokens, Supplier<Set<UUID>> desks, InstantSource clock) {
        this.tokens = tokens;
        this.desks = desks;
        this.clock = clock;
    }

    record NewToken(
            String name,
            Set<Scope> scopes,
            Optional<Set<String>> aliases,
            Optional<UUID> desk,
            Optional<Instant> expiresAt) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/tokens", this::list, Access.ADMIN);
        routes.post("/api/tokens", this::make, Access.ADMIN);
        routes.delete("/api/tokens/{id}", this::revoke, Access.ADMIN);
    }

    private void list(Context ctx) {
        var caller = Requests.caller(ctx);
        var mine = tokens.all().stream().filter(token -> caller.mayRead(token.desk()));
        Requests.send(ctx, Map.of("tokens", mine.map(TokenView::of).toList()));
    }

    private void make(Context ctx) {
        var body = Requests.body(ctx, NewToken.class);
        if (body.scopes().isEmpty()) throw Problem.invalid("scopes", "At least one.", "至少选择一项权限。");
        var caller = Requests.caller(ctx);
        var desk = body.desk().orElseGet(this::onlyDesk);
        if (!desks.get().contains(desk) || !caller.mayRead(desk)) {
            throw Problem.invalid("desk", "There is no such desk.", "没有这个部门。");
        }
        body.expiresAt().filter(end -> !end.isAfter(clock.instant())).ifPresent(_ -> {
            throw Problem.invalid("expiresAt", "It lies in the past.", "到期时间已过。");
        });
        var made = tokens.make(
                caller,
                new ApiTokens.Wanted(
                        PeopleRoutes.name(body.name()),
                        body.scopes(),
                        aliases(body.aliases().orElse(Set.of())),
                        desk,
                        body.expiresAt()));
        ctx.status(201);
        Requests.send(ctx, Map.of("token", TokenView.of(made.token()), "secret", made.secret()));
    }

    private void revoke(Context ctx) {
        Requests.send(ctx, TokenView.of(tokens.revoke(Requests.caller(ctx), Requests.id(ctx))));
    }

    private UUID onlyDesk() {
        var all = desks.get();
        if (all.size() != 1) throw Problem.invalid("desk", "Say which desk.", "请指定部门。");
        return all.iterator().next();
    }

    private static Set<String> aliases(Set<String> aliases) {
        if (aliases.size() > MOST_ALIASES || !aliases.stream().allMatch(ALIAS.asMatchPredicate())) {
            throw Problem.invalid(
                    "aliases",
                    "Up to " + MOST_ALIASES + " names of models, such as support-default.",
                    "最多 " + MOST_ALIASES + " 个模型别名，例如 support-default。");
        }
        return aliases;
    }
}
