package io.kefuhub.core.intake;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.web.SocketHandler;
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

    /** How often a call that meets a generation at its end is brought to the one after. */
    private static final int GENERATIONS = 3;

    private final Contributions contributions;
    private final Guard guard;
    private final PublicPaths paths;
    private final ServedSockets sockets;

    public PublicRoutes(Contributions contributions, Guard guard, ServedSockets sockets) {
        this.contributions = contributions;
        this.guard = guard;
        this.paths = new PublicPaths(contributions, guard);
        this.sockets = sockets;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        for (var method : METHODS) routes.addHttpHandler(method, "/*", this::serve, Access.ANYONE);
    }

    private void serve(Context ctx) throws IOException {
        var served = served(ctx);
        OutsideCalls.answer(ctx.res(), served.reply(), served.feeding());
        // Javalin would write its own empty body over what has been sent.
        ctx.skipRemainingHandlers();
    }

    /** What answers a call. A stream is kept for long; nothing of the generation that began it may stand beside it. */
    private record Served(WebReply reply, OutsideCalls.Feeding feeding) {}

    private Served served(Context ctx) throws IOException {
        var match = paths.match(ctx.path()).orElseThrow(Problem::notFound);
        var request = OutsideCalls.read(ctx.req(), match.rest());
        for (var left = GENERATIONS; ; left--) {
            var asked = ask(match, request);
            var next = asked instanceof Asked.Unavailable<WebReply> && left > 0
                    ? paths.match(ctx.path())
                    : Optional.<PublicPaths.Match>empty();
            if (next.isEmpty() || next.get().equals(match)) return new Served(answer(asked), feeding(match, request));
            match = next.get();
        }
    }

    private Asked<WebReply> ask(PublicPaths.Match match, WebRequest request) {
        return switch (match) {
            case PublicPaths.Match.OfFactory(var offer, var _) -> guard.serve(offer, request);
            case PublicPaths.Match.OfInstance(var slot, var _) -> HeldSource.in(guard.serve(slot, request));
        };
    }

    private OutsideCalls.Feeding feeding(PublicPaths.Match match, WebRequest request) {
        return switch (match) {
            case PublicPaths.Match.OfFactory _ -> OutsideCalls.Feeding.NONE;
            case PublicPaths.Match.OfInstance(var slot, var _) -> new ServedStream(contributions, guard, slot, request);
        };
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

    /** A socket's way to the generation that lets it in. One thread only. */
    private final class ChannelSocket implements Door {
        private Slot<Channel> slot;
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
            for (var left = GENERATIONS; ; left--) {
                var asked = guard.live(slot, request);
                var next = contributions.channel(slot.instance());
                var again = asked instanceof Asked.Unavailable<Upgrade>
                        && left > 0
                        && next.isPresent()
                        && !next.get().equals(slot);
                if (!again) {
                    return asked.orElse(new Upgrade.Refused(WebReply.empty(503).withHeader("Retry-After", "2")));
                }
                slot = next.get();
            }
        }

        @Override
        public SocketHandler held(Upgrade.Opened opened) {
            return sockets.hold(slot, opened);
        }
    }
}
