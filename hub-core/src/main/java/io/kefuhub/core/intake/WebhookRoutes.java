package io.kefuhub.core.intake;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.OutsideCalls;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.RouteModule;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where platforms call: verified by the channel, stored by the hub, and only then acknowledged. */
public final class WebhookRoutes implements RouteModule {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookRoutes.class);

    /** How often a call that meets a generation at its end is brought to the one after. */
    private static final int GENERATIONS = 3;

    private final Contributions contributions;
    private final Guard guard;
    private final Acceptor acceptor;
    private final Puller puller;

    /** Stores what a webhook call brought; returns when it is durable. */
    public interface Acceptor {
        List<Inbox.Accepted> accept(String instance, List<io.kefuhub.api.channel.Incoming> messages);
    }

    /** Fetches what a call said is waiting. */
    public interface Puller {
        void nudged(Slot<Channel> slot, String source);
    }

    public WebhookRoutes(Contributions contributions, Guard guard, Acceptor acceptor, Puller puller) {
        this.contributions = contributions;
        this.guard = guard;
        this.acceptor = acceptor;
        this.puller = puller;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.addHttpHandler(HandlerType.GET, "/webhooks/{channel}", this::receive, Access.ANYONE);
        routes.addHttpHandler(HandlerType.POST, "/webhooks/{channel}", this::receive, Access.ANYONE);
    }

    private void receive(Context ctx) throws IOException {
        var request = OutsideCalls.read(ctx.req(), "");
        var slot = serving(ctx);
        var asked = guard.receive(slot, request);
        for (var left = GENERATIONS; asked instanceof Asked.Unavailable<Receipt> && left > 0; left--) {
            // Closed for a newer generation between the look and the question, which it was not asked.
            var next = serving(ctx);
            if (next == slot) break;
            slot = next;
            asked = guard.receive(slot, request);
        }
        var reply = switch (asked) {
            case Asked.Answered<Receipt>(var receipt, var _) -> act(slot, receipt);
            case Asked.Failed<Receipt> _, Asked.Late<Receipt> _, Asked.Unavailable<Receipt> _ ->
                throw Problem.of(ProblemType.UNAVAILABLE);
        };
        OutsideCalls.answer(ctx.res(), reply, OutsideCalls.Feeding.NONE);
        ctx.skipRemainingHandlers();
    }

    private Slot<Channel> serving(Context ctx) {
        return contributions.channel(ctx.pathParam("channel")).orElseThrow(Problem::notFound);
    }

    private WebReply act(Slot<Channel> slot, Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted(var messages, var reply) -> {
                var accepted = acceptor.accept(slot.instance(), messages);
                var stored = accepted.size() == messages.size()
                        && accepted.stream().allMatch(Inbox.Accepted.Stored.class::isInstance);
                // Not acknowledged: the platform will bring it again.
                yield stored ? reply : WebReply.empty(503).withHeader("Retry-After", "5");
            }
            case Receipt.Nudged(var source, var reply) -> {
                puller.nudged(slot, source);
                yield reply;
            }
            case Receipt.Answered(var reply) -> reply;
            case Receipt.Refused(var reason) -> {
                LOG.warn("A call to channel {} was refused: {}", slot.instance(), reason);
                yield WebReply.empty(401);
            }
        };
    }
}
