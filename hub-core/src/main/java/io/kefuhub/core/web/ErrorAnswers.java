package io.kefuhub.core.web;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.database.DatabaseAwayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever a handler throws into problem details, or under {@code /v1} into what OpenAI's clients read; a defect is
 * logged here, once, and never shown.
 */
final class ErrorAnswers implements RouteModule {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);
    private static final String RETRY_SECONDS = "5";

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.exception(Problem.class, (problem, ctx) -> answer(ctx, problem));
        routes.exception(ProgramError.class, (error, ctx) -> answer(ctx, error));
        routes.exception(HttpResponseException.class, (thrown, ctx) -> answer(ctx, Problem.of(typeOf(thrown))));
        routes.exception(DatabaseAwayException.class, (thrown, ctx) -> {
            // The database room has told of it, once and not for each call.
            LOG.debug("{} {} refused: {}", ctx.method(), ctx.path(), thrown.getMessage());
            answer(ctx, Problem.of(ProblemType.UNAVAILABLE));
        });
        routes.exception(IOException.class, (thrown, ctx) -> gone(ctx, thrown));
        routes.exception(UncheckedIOException.class, (thrown, ctx) -> gone(ctx, thrown));
        routes.exception(Exception.class, (thrown, ctx) -> {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), thrown);
            answer(ctx, Problem.of(ProblemType.INTERNAL));
        });
    }

    static void answer(Context ctx, Problem problem) {
        if (ctx.path().startsWith(ProgramError.PATHS)) {
            answer(ctx, ProgramError.of(problem, Requests.language(ctx)));
            return;
        }
        if (ctx.res().isCommitted()) return;
        var type = problem.type();
        if (isAnsweredWhateverIsSent(type.status())) UnreadBody.discard(ctx);
        ctx.status(type.status());
        if (type == ProblemType.UNAVAILABLE) ctx.header("Retry-After", RETRY_SECONDS);
        if (type == ProblemType.TOO_MANY && ctx.res().getHeader("Retry-After") == null) {
            ctx.header("Retry-After", RETRY_SECONDS);
        }
        ctx.header("Cache-Control", "no-store");
        ctx.result(Json.bytes(problem.document(Requests.language(ctx))));
        ctx.contentType("application/problem+json");
    }

    private static void answer(Context ctx, ProgramError error) {
        if (ctx.res().isCommitted()) return;
        if (isAnsweredWhateverIsSent(error.status())) UnreadBody.discard(ctx);
        ctx.status(error.status());
        error.pause().ifPresent(pause -> ctx.header("Retry-After", Long.toString(Math.max(1, pause.toSeconds()))));
        // OpenAI's own clients ask twice more after 429 and 5xx unless they are told what comes of it.
        if (!error.worthRepeating()) ctx.header("x-should-retry", "false");
        ctx.header("Cache-Control", "no-store");
        ctx.contentType("application/json").result(error.body(Requests.language(ctx)));
    }

    /** Whoever calls too often may be cut off, and what is the hub's fault is told at once. */
    private static boolean isAnsweredWhateverIsSent(int status) {
        return status < 500 && status != ProblemType.TOO_MANY.status();
    }

    private static void gone(Context ctx, Exception thrown) {
        LOG.debug("{} {}: the caller went away", ctx.method(), ctx.path(), thrown);
        answer(ctx, Problem.of(ProblemType.BAD_REQUEST));
    }

    private static ProblemType typeOf(HttpResponseException thrown) {
        return switch (thrown.getStatus()) {
            case 401 -> ProblemType.SIGNED_OUT;
            case 403 -> ProblemType.FORBIDDEN;
            case 404 -> ProblemType.NOT_FOUND;
            case 405 -> ProblemType.METHOD_NOT_ALLOWED;
            case 413 -> ProblemType.TOO_LARGE;
            case 415 -> ProblemType.UNSUPPORTED_TYPE;
            case 503 -> ProblemType.UNAVAILABLE;
            default -> thrown.getStatus() >= 500 ? ProblemType.INTERNAL : ProblemType.BAD_REQUEST;
        };
    }
}
