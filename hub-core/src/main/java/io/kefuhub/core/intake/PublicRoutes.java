package io.kefuhub.core.intake;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.OutsideCalls;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.RouteModule;
import io.kefuhub.core.web.SocketDoor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The one stable route that hands calls, and sockets, to whichever generation of a channel serves now. */
public final class PublicRoutes implements RouteModule, SocketDoor {
    private static final List<HandlerType> METHODS =
            List.of(HandlerType.GET, HandlerType.POST, HandlerType.PUT, HandlerType.PATCH, HandlerType.DELETE);

    private final Guard guard;
    private final PublicPaths paths;

    public PublicRoutes(Contributions contributions, Guard guard) {
        this.guard = guard;
        this.paths = new PublicPaths(contributions, guard);
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        for (var method : METHODS) routes.addHttpHandler(method, "/*", this::serve, Access.ANYONE);
    }

    private void serve(Context ctx) throws IOException {
        var match = paths.match(ctx.path()).orElseThrow(Problem::notFound);
        var request = OutsideCalls.read(ctx.req(), match.rest());
        switch (match) {
            case PublicPaths.Match.OfFactory(var offer, var _) ->
                OutsideCalls.answer(ctx.res(), answer(guard.serve(offer, request)), OutsideCalls.Feeding.NONE);
            case PublicPaths.Match.OfInstance(var slot, var _) ->
                OutsideCalls.answer(ctx.res(), answer(guard.serve(slot, request)), new SlotFeeding(guard, slot));
        }
        // Javalin would write its own empty body over what has been sent.
        ctx.skipRemainingHandlers();
    }

    private static WebReply answer(Asked<WebReply> asked) {
        return asked.answer().orElseThrow(() -> Problem.of(ProblemType.UNAVAILABLE));
    }

    @Override
    public Optional<Door> open(String path) {
        return paths.match(path)
                .flatMap(match -> match instanceof PublicPaths.Match.OfInstance(var slot, var rest)
                        ? Optional.of(new ChannelSocket(slot, rest))
                        : Optional.empty());
    }

    /** Runs event sources in the generation that answered with them. */
    private record SlotFeeding(Guard guard, Slot<Channel> slot) implements OutsideCalls.Feeding {
        @Override
        public void feed(WebReply.EventSource source, WebReply.EventSink sink) {
            guard.feed(slot, source, sink);
        }

        @Override
        public void ended(WebReply.EventSource source) {
            guard.ended(slot, source);
        }
    }

    /** A socket's way to the generation that opened it. */
    private final class ChannelSocket implements Door {
        private final Slot<Channel> slot;
        private final String rest;

        ChannelSocket(Slot<Channel> slot, String rest) {
            this.slot = slot;
            this.rest = rest;
        }

        @Override
        public String rest() {
            return rest;
        }

        @Override
        public Upgrade upgrade(WebRequest request) {
            return guard.live(slot, request)
                    .orElse(new Upgrade.Refused(WebReply.empty(503).withHeader("Retry-After", "2")));
        }

        @Override
        public io.kefuhub.api.web.SocketHandler guarded(io.kefuhub.api.web.SocketHandler handler) {
            return new GuardedSocket(guard, slot, handler);
        }
    }
}
