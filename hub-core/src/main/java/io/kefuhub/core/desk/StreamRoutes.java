package io.kefuhub.core.desk;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Gate;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import io.kefuhub.core.web.SessionCookie;
import java.io.IOException;
import java.util.Optional;

/** The live feed over HTTP, as server-sent events. */
final class StreamRoutes implements RouteModule {
    private final Inbox inbox;
    private final LiveFeed feed;
    private final Gate gate;

    StreamRoutes(Inbox inbox, LiveFeed feed, Gate gate) {
        this.inbox = inbox;
        this.feed = feed;
        this.gate = gate;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/stream", this::stream, Access.AGENT);
    }

    private void stream(Context ctx) throws IOException {
        var caller = Requests.caller(ctx);
        var token = SessionCookie.read(ctx).orElse("");
        var watched = watched(ctx);
        var last = Optional.ofNullable(ctx.header("Last-Event-ID")).filter(id -> !id.isBlank());
        // Straight to the response: what compresses would hold events back.
        var response = ctx.res();
        response.setContentType("text/event-stream; charset=utf-8");
        response.setHeader("X-Accel-Buffering", "no");
        try {
            feed.serve(
                    caller,
                    last,
                    watched,
                    response.getOutputStream(),
                    () -> gate.look(token).filter(caller::equals).isPresent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<LiveStream.Watched> watched(Context ctx) {
        return Requests.parameter(ctx, "conversation").map(text -> {
            var id = Requests.uuid(text).orElseThrow(Problem::notFound);
            var conversation = inbox.find(Requests.caller(ctx), id);
            var after =
                    Requests.number(ctx, "after").orElse(conversation.marks().feed());
            return new LiveStream.Watched(conversation.id(), Inbox.deskOf(conversation), after);
        });
    }
}
