package io.kefuhub.core.gateway;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.CallerWatch;
import io.kefuhub.core.web.Program;
import io.kefuhub.core.web.ProgramError;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;

/** Models as OpenAI's clients ask for them. */
final class GatewayRoutes implements RouteModule {
    /** As servers in front of others say that the caller went away. */
    private static final int CALLER_GONE = 499;

    private static final AiSink NOBODY = new AiSink() {
        @Override
        public void content(String piece) {}

        @Override
        public void reasoning(String piece) {}

        @Override
        public void usage(Usage usage) {}
    };

    private final ModelGateway models;
    private final Supplier<? extends Collection<String>> aliases;
    private final Asking asking;
    private final CallerWatch callers;
    private final Ids ids;
    private final Clock clock;
    private final long since;

    GatewayRoutes(
            ModelGateway models,
            Supplier<? extends Collection<String>> aliases,
            Asking asking,
            CallerWatch callers,
            Ids ids,
            Clock clock) {
        this.models = models;
        this.aliases = aliases;
        this.asking = asking;
        this.callers = callers;
        this.ids = ids;
        this.clock = clock;
        this.since = clock.instant().getEpochSecond();
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.post("/v1/chat/completions", this::complete, Access.MODELS_TOKEN);
        routes.get("/v1/models", this::list, Access.MODELS_TOKEN);
        routes.get("/v1/models/{model}", this::show, Access.MODELS_TOKEN);
    }

    private void list(Context ctx) {
        var program = Requests.program(ctx);
        var mine = aliases.get().stream().filter(program::mayAsk).sorted().map(this::view);
        Requests.send(ctx, Map.of("object", "list", "data", mine.toList()));
    }

    private void show(Context ctx) {
        var model = ctx.pathParam("model");
        if (!knows(Requests.program(ctx), model)) throw Ends.noModel(model);
        Requests.send(ctx, view(model));
    }

    private Map<String, Object> view(String alias) {
        return Map.of("id", alias, "object", "model", "created", since, "owned_by", "kefuhub");
    }

    private boolean knows(Program program, String model) {
        return program.mayAsk(model) && aliases.get().contains(model);
    }

    private void complete(Context ctx) throws IOException {
        if (!ctx.isJson()) {
            throw ProgramError.of(
                    415,
                    "invalid_request_error",
                    "unsupported_type",
                    new Words("Send Content-Type: application/json.", "请使用 Content-Type: application/json。"));
        }
        if (ctx.req().getContentLengthLong() > BodyLimit.MOST) throw BodyLimit.tooLarge();
        var program = Requests.program(ctx);
        var call = ChatReader.read(new BodyLimit(ctx.req().getInputStream()));
        if (!knows(program, call.model())) throw Ends.noModel(call.model());
        var hangup = new Hangup();
        var answer = Answer.of(ids.next(), clock.instant().getEpochSecond(), call.model());
        ctx.header("x-request-id", answer.id());
        try (var _ = callers.watch(ctx, hangup::request)) {
            var question = asking.question(program, call);
            if (call.stream()) stream(ctx, call, question, answer, hangup);
            else whole(ctx, question, answer, hangup);
        }
    }

    private void whole(Context ctx, ModelQuestion question, Answer answer, Hangup hangup) throws IOException {
        switch (models.ask(question, NOBODY, hangup)) {
            case ModelOutcome.Answered(var text, var finish, var used) ->
                send(ctx, CompletionWriter.completion(answer, text, Ends.finish(finish), used.usage()));
            case ModelOutcome.Withheld(var used) ->
                send(ctx, CompletionWriter.completion(answer, "", "content_filter", used.usage()));
            case ModelOutcome.Partial _ -> throw Ends.broken();
            case ModelOutcome.TooLong _ -> throw Ends.tooLong();
            case ModelOutcome.Cancelled _ -> ctx.status(CALLER_GONE);
            case ModelOutcome.NotAnswered none -> throw Ends.notAnswered(none, answer.model());
        }
    }

    private void stream(Context ctx, ChatCall call, ModelQuestion question, Answer answer, Hangup hangup) {
        var chunks = new ChunkStream(() -> open(ctx), hangup, answer, call.withUsage());
        switch (models.ask(question, chunks, hangup)) {
            case ModelOutcome.Answered(var text, var finish, var used) -> {
                // A model that does not stream tells all of it at its end.
                if (text.length() > chunks.told()) chunks.content(text.substring(chunks.told()));
                chunks.end(Ends.finish(finish), used.usage());
            }
            case ModelOutcome.Withheld(var used) -> chunks.end("content_filter", used.usage());
            case ModelOutcome.Partial _ -> refuse(ctx, chunks, Ends.broken());
            case ModelOutcome.TooLong _ -> refuse(ctx, chunks, Ends.tooLong());
            case ModelOutcome.Cancelled _ -> {
                if (!chunks.hasBegun()) ctx.status(CALLER_GONE);
            }
            case ModelOutcome.NotAnswered none -> refuse(ctx, chunks, Ends.notAnswered(none, answer.model()));
        }
        // What is there must not be written over with an empty answer.
        if (chunks.hasBegun()) ctx.skipRemainingHandlers();
    }

    /** By its status while nothing was sent, else in the stream. */
    private static void refuse(Context ctx, ChunkStream chunks, ProgramError error) {
        if (!chunks.hasBegun()) throw error;
        chunks.fail(error.body(Requests.language(ctx)));
    }

    /** Straight to the response: what compresses would hold pieces back. */
    private static OutputStream open(Context ctx) throws IOException {
        var response = ctx.res();
        response.setStatus(200);
        response.setContentType("text/event-stream; charset=utf-8");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Accel-Buffering", "no");
        return response.getOutputStream();
    }

    private static void send(Context ctx, byte[] json) throws IOException {
        var response = ctx.res();
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
        ctx.skipRemainingHandlers();
    }
}
