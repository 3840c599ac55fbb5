package io.kefuhub.core.intake;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.telemetry.ChannelWatch;
import io.kefuhub.core.telemetry.ChannelWatch.Outcome;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.OutsideCalls;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.RouteModule;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
    private final Function<String, Optional<Slot<Channel>>> standing;
    private final ChannelWatch watch;

    /** Stores what a webhook call brought; returns when it is durable. */
    public interface Acceptor {
        List<Inbox.Accepted> accept(String instance, List<io.kefuhub.api.channel.Incoming> messages);
    }

    /** Fetches what a call said is waiting. */
    public interface Puller {
        void nudged(String instance, String source);
    }

    /** @param standing the generation of an instance that is off, which answers verifications and nothing else */
    public WebhookRoutes(
            Contributions contributions,
            Guard guard,
            Acceptor acceptor,
            Puller puller,
            Function<String, Optional<Slot<Channel>>> standing,
            ChannelWatch watch) {
        this.contributions = contributions;
        this.guard = guard;
        this.acceptor = acceptor;
        this.puller = puller;
        this.standing = standing;
        this.watch = watch;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.addHttpHandler(HandlerType.GET, "/webhooks/{channel}", this::receive, Access.ANYONE);
        routes.addHttpHandler(HandlerType.POST, "/webhooks/{channel}", this::receive, Access.ANYONE);
    }

    private void receive(Context ctx) throws IOException {
        var key = ctx.pathParam("channel");
        var request = OutsideCalls.read(ctx.req(), "");
        var serving = contributions.channel(key);
        var reply = serving.isPresent() ? received(serving.get(), request) : verified(key, request);
        OutsideCalls.answer(ctx.res(), reply, OutsideCalls.Feeding.NONE);
        ctx.skipRemainingHandlers();
    }

    private WebReply received(Slot<Channel> first, WebRequest request) {
        var slot = first;
        var asked = guard.receive(slot, request);
        for (var left = GENERATIONS; asked instanceof Asked.Unavailable<Receipt> && left > 0; left--) {
            // Closed for a newer generation between the look and the question, which it was not asked.
            var next = contributions.channel(slot.instance()).orElseThrow(Problem::notFound);
            if (next == slot) break;
            slot = next;
            asked = guard.receive(slot, request);
        }
        return switch (asked) {
            case Asked.Answered<Receipt>(var receipt, var _) -> act(slot, receipt);
            case Asked.Failed<Receipt> _, Asked.Late<Receipt> _, Asked.Unavailable<Receipt> _ ->
                unavailable(slot, asked);
        };
    }

    /** Platforms want an answer before they let an admin save the address, and the channel is switched on after that. */
    private WebReply verified(String key, WebRequest request) {
        var slot = standing.apply(key).orElseThrow(Problem::notFound);
        return switch (guard.receive(slot, request)) {
            case Asked.Answered<Receipt>(Receipt.Answered answered, var _) -> act(slot, answered);
            case Asked.Answered<Receipt>(Receipt.Refused refused, var _) -> act(slot, refused);
            case Asked.Answered<Receipt> _ -> {
                watch.called(key, Outcome.FAILED, Localized.of("the channel is off", "渠道已关闭"));
                yield WebReply.empty(503).withHeader("Retry-After", "60");
            }
            case Asked<Receipt> asked -> unavailable(slot, asked);
        };
    }

    private WebReply unavailable(Slot<Channel> slot, Asked<Receipt> asked) {
        watch.called(slot.instance(), Outcome.FAILED, asked.trouble());
        throw Problem.of(ProblemType.UNAVAILABLE);
    }

    private WebReply act(Slot<Channel> slot, Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted(var messages, var reply) -> {
                var accepted = acceptor.accept(slot.instance(), messages);
                var stored = accepted.size() == messages.size()
                        && accepted.stream().allMatch(Inbox.Accepted.Stored.class::isInstance);
                if (!messages.isEmpty())
                    watch.heard(slot.instance(), messages.getLast().at());
                watch.called(
                        slot.instance(),
                        stored ? Outcome.FINE : Outcome.FAILED,
                        stored
                                ? Localized.of(String.valueOf(messages.size()))
                                : Localized.of("the hub cannot store now", "系统暂时无法保存"));
                // Not acknowledged: the platform will bring it again.
                yield stored ? reply : WebReply.empty(503).withHeader("Retry-After", "5");
            }
            case Receipt.Nudged(var source, var reply) -> {
                puller.nudged(slot.instance(), source);
                watch.called(slot.instance(), Outcome.FINE, Localized.of(""));
                yield reply;
            }
            case Receipt.Answered(var reply) -> {
                watch.called(slot.instance(), Outcome.ANSWERED, Localized.of(""));
                yield reply;
            }
            case Receipt.Refused(var reason) -> {
                LOG.warn("A call to channel {} was refused: {}", slot.instance(), reason);
                watch.called(slot.instance(), Outcome.REFUSED, reason);
                yield WebReply.empty(401);
            }
        };
    }
}
