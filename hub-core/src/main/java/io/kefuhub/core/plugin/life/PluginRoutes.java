package io.kefuhub.core.plugin.life;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.Language;
import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Gate;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import io.kefuhub.core.web.SessionCookie;
import io.kefuhub.core.web.SseWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Plugins over HTTP: what there is, uploads, versions, and a stream of what happens. */
public final class PluginRoutes implements RouteModule, AutoCloseable {
    private static final int LARGEST = 128 * 1024 * 1024;
    private static final int MOST_SHOWN = 50;
    private static final int MOST_WAITING = 1_000;
    private static final int HEARTBEAT_SECONDS = 15;
    private static final Pattern FILE_NAME = Pattern.compile("[^\\p{Cntrl}/\\\\]{1,200}");

    private final PluginLife life;
    private final Gate gate;
    private volatile boolean closed;

    public PluginRoutes(PluginLife life, Gate gate) {
        this.life = life;
        this.gate = gate;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/plugins", this::all, Access.ADMIN);
        routes.post("/api/plugins", this::upload, Access.ADMIN);
        routes.get("/api/plugins/stream", this::stream, Access.ADMIN);
        routes.delete("/api/plugins/{plugin}", this::retire, Access.ADMIN);
        routes.get("/api/plugins/{plugin}/activations", this::activations, Access.ADMIN);
        routes.delete("/api/plugins/{plugin}/versions", this::forget, Access.ADMIN);
        routes.post("/api/plugins/{plugin}/versions/{hash}", this::bring, Access.ADMIN);
        routes.delete("/api/plugins/{plugin}/versions/{hash}", this::forgetVersion, Access.ADMIN);
        routes.post("/api/plugins/{plugin}/versions/{hash}/trial", this::tryOut, Access.ADMIN);
        routes.delete("/api/plugins/{plugin}/trial", this::endTrial, Access.ADMIN);
        routes.put("/api/plugins/{plugin}/arrivals", this::arrivals, Access.ADMIN);
        routes.post("/api/plugins/{plugin}/leaks/trace", this::trace, Access.ADMIN);
    }

    private void all(Context ctx) {
        Requests.send(ctx, life.view(Requests.language(ctx)));
    }

    /** The body is the file itself, its name a parameter. */
    private void upload(Context ctx) {
        var name = Requests.parameter(ctx, "name")
                .filter(FILE_NAME.asMatchPredicate())
                .orElseThrow(() -> Problem.invalid("name", "The file has no usable name.", "文件名不可用。"));
        var content = Requests.bytes(ctx, LARGEST);
        var done = life.upload(name, content, Requests.caller(ctx).actor());
        Requests.send(ctx, ActivationCard.of(done, Requests.language(ctx)));
    }

    private void retire(Context ctx) {
        if (!life.retire(ctx.pathParam("plugin"), Requests.caller(ctx).actor())) throw Problem.notFound();
        ctx.status(204);
    }

    /** @param allow whether the caller agrees to what the version asks for */
    record Wish(boolean allow) {}

    private void bring(Context ctx) {
        var allows = Requests.optionalBody(ctx, Wish.class).map(Wish::allow).orElse(false);
        var done = life.bring(
                        ctx.pathParam("plugin"),
                        ctx.pathParam("hash"),
                        Requests.caller(ctx).actor(),
                        allows)
                .orElseThrow(Problem::notFound);
        Requests.send(ctx, ActivationCard.of(done, Requests.language(ctx)));
    }

    private void forget(Context ctx) {
        answer(ctx, life.forget(ctx.pathParam("plugin"), Requests.caller(ctx).actor()));
    }

    private void forgetVersion(Context ctx) {
        answer(
                ctx,
                life.forget(
                        ctx.pathParam("plugin"),
                        ctx.pathParam("hash"),
                        Requests.caller(ctx).actor()));
    }

    private static void answer(Context ctx, Forgotten forgotten) {
        switch (forgotten) {
            case Forgotten.Gone() -> ctx.status(204);
            case Forgotten.Unknown() -> throw Problem.notFound();
            case Forgotten.Refused(var why) -> throw Problem.of(ProblemType.CONFLICT, why.en(), why.zh());
        }
    }

    private void tryOut(Context ctx) {
        var mode = mode(Requests.body(ctx, TrialTerms.class));
        var done = life.tryOut(
                        ctx.pathParam("plugin"),
                        ctx.pathParam("hash"),
                        mode,
                        Requests.caller(ctx).actor())
                .orElseThrow(Problem::notFound);
        Requests.send(ctx, ActivationCard.of(done, Requests.language(ctx)));
    }

    private void endTrial(Context ctx) {
        if (!life.endTrial(ctx.pathParam("plugin"), Requests.caller(ctx).actor())) throw Problem.notFound();
        ctx.status(204);
    }

    /** @param trial how new versions are tried first; absent to let them serve at once */
    record Arrivals(Optional<TrialTerms> trial) {}

    private void arrivals(Context ctx) {
        var mode = Requests.body(ctx, Arrivals.class).trial().map(PluginRoutes::mode);
        if (!life.arrivals(ctx.pathParam("plugin"), mode, Requests.caller(ctx).actor())) throw Problem.notFound();
        ctx.status(204);
    }

    private static TrialMode mode(TrialTerms terms) {
        return terms.asMode()
                .orElseThrow(() -> Problem.invalid(
                        "mode",
                        "\"shadow\", or \"canary\" with a percent from 1 to 100.",
                        "取值为 shadow，或 canary 加上 1 到 100 的 percent。"));
    }

    private void trace(Context ctx) {
        switch (life.trace(ctx.pathParam("plugin"), Requests.caller(ctx).actor())) {
            case Traced.Told(var leaks) -> Requests.send(ctx, Map.of("leaks", leaks));
            case Traced.NoLeak() -> throw Problem.notFound();
            case Traced.Refused(var why) -> throw Problem.of(ProblemType.CONFLICT, why.en(), why.zh());
        }
    }

    private void activations(Context ctx) {
        Requests.send(ctx, Map.of("activations", cards(ctx.pathParam("plugin"), Requests.language(ctx))));
    }

    private List<ActivationCard> cards(String plugin, Language language) {
        return life.activations(plugin, MOST_SHOWN).stream()
                .map(one -> ActivationCard.of(one, language))
                .toList();
    }

    /** Says "changed" at first and after every change, and tells how each activation goes on. */
    private void stream(Context ctx) throws IOException {
        var caller = Requests.caller(ctx);
        var token = SessionCookie.read(ctx).orElse("");
        var language = Requests.language(ctx);
        var waiting = new LinkedBlockingQueue<PluginNews>(MOST_WAITING);
        try (var _ = life.news().follow(waiting::offer)) {
            // Straight to the response: what compresses would hold events back.
            var response = ctx.res();
            response.setContentType("text/event-stream; charset=utf-8");
            response.setHeader("X-Accel-Buffering", "no");
            var out = new SseWriter(response.getOutputStream());
            out.event("changed", Optional.empty(), Map.of());
            out.flush();
            for (var quiet = 0; !closed; ) {
                var news = waiting.poll(1, TimeUnit.SECONDS);
                quiet = news == null ? quiet + 1 : 0;
                if (news == null && quiet % HEARTBEAT_SECONDS != 0) continue;
                if (gate.look(token).filter(caller::equals).isEmpty()) return;
                tell(out, Optional.ofNullable(news), language);
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(SseWriter out, Optional<PluginNews> news, Language language) throws IOException {
        if (news.isEmpty()) {
            out.comment("still here");
            return;
        }
        var activation = news.get().activation();
        if (activation.isEmpty()) out.event("changed", Optional.empty(), Map.of());
        else out.event("activation", Optional.empty(), ActivationCard.of(activation.get(), language));
    }

    /** Ends the streams, so that no open console holds up the server's end. */
    @Override
    public void close() {
        closed = true;
    }
}
