package io.kefuhub.core.answering.feedback;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.answering.knowledge.EntryContent;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.util.List;
import java.util.Map;

/** Agents' opinions of answers, and what should have been said instead. */
public final class FeedbackRoutes implements RouteModule {
    private final Feedback feedback;

    public FeedbackRoutes(Feedback feedback) {
        this.feedback = feedback;
    }

    record Thought(boolean helpful) {}

    record Wanted(String question, String answer) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/conversations/{id}/opinions", this::list, Access.AGENT);
        routes.put("/api/messages/{id}/opinion", this::think, Access.AGENT);
        routes.delete("/api/messages/{id}/opinion", this::forget, Access.AGENT);
        routes.post("/api/messages/{id}/correction", this::correct, Access.AGENT);
    }

    private void list(Context ctx) {
        var caller = Requests.caller(ctx);
        var opinions = feedback.of(caller, Requests.id(ctx)).orElseThrow(Problem::notFound).stream()
                .map(opinion -> Map.of(
                        "messageId", opinion.message(),
                        "helpful", opinion.helpful(),
                        "mine", opinion.person().equals(caller.id())))
                .toList();
        Requests.send(ctx, Map.of("opinions", opinions));
    }

    private void think(Context ctx) {
        var helpful = Requests.body(ctx, Thought.class).helpful();
        if (!feedback.think(Requests.caller(ctx), Requests.id(ctx), helpful)) throw Problem.notFound();
        ctx.status(204);
    }

    private void forget(Context ctx) {
        if (!feedback.forget(Requests.caller(ctx), Requests.id(ctx))) throw Problem.notFound();
        ctx.status(204);
    }

    private void correct(Context ctx) {
        var body = Requests.body(ctx, Wanted.class);
        if (!feedback.correct(Requests.caller(ctx), Requests.id(ctx), content(body))) throw Problem.notFound();
        ctx.status(204);
    }

    private static EntryContent content(Wanted body) {
        try {
            return EntryContent.of(EntryLanguage.written(body.question()), body.question(), List.of(), body.answer());
        } catch (EntryContent.Unfit e) {
            throw Problem.invalid(e.field(), e.words().en(), e.words().zh());
        }
    }
}
