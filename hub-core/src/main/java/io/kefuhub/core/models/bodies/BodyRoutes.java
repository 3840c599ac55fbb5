package io.kefuhub.core.models.bodies;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.config.UnreadableSecretException;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a model was asked and answered, for whom it concerns; who reads it is in the audit. */
final class BodyRoutes implements RouteModule {
    private final BodyKeeper keeper;

    BodyRoutes(BodyKeeper keeper) {
        this.keeper = keeper;
    }

    record BodyView(
            UUID attempt,
            Instant at,
            String model,
            String system,
            List<Body.Said> messages,
            int maxTokens,
            double temperature,
            Map<String, String> options,
            String answer) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/usage/attempts/{id}/body", this::body, Access.OWNER_OR_AUDITOR);
    }

    private void body(Context ctx) {
        var attempt = Requests.uuid(ctx.pathParam("id")).orElseThrow(Problem::notFound);
        var actor = Requests.caller(ctx).actor();
        var read = read(attempt, actor);
        var body = read.body();
        ctx.header("Cache-Control", "no-store");
        Requests.send(
                ctx,
                new BodyView(
                        attempt,
                        read.at(),
                        body.model(),
                        body.system(),
                        body.messages(),
                        body.maxTokens(),
                        body.temperature(),
                        body.options(),
                        body.answer()));
    }

    private BodyKeeper.Read read(UUID attempt, String actor) {
        try {
            return keeper.read(attempt, actor).orElseThrow(Problem::notFound);
        } catch (UnreadableSecretException e) {
            throw Problem.of(
                    ProblemType.CONFLICT,
                    "It cannot be opened: it was changed, or kept with another secret.key.",
                    "无法打开：内容已被改动，或保存时使用的是另一个 secret.key。");
        }
    }
}
