package io.kefuhub.channel.web;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.channel.web.frame.Rehearsal;
import io.kefuhub.channel.web.frame.ServerFrame;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One web chat. Safe for threads. Replies are read from the timeline, so nothing is ever delivered. */
final class WebChannel implements Channel {
    private static final int DRAFTS_PER_SECOND = 25;
    private static final int RETURN_AFTER_MILLIS = 1_500;

    private final Chat chat;
    private final Conduct conduct;
    private final HttpCalls calls;
    private final SocketCalls sockets;

    WebChannel(WebSettings settings, ChannelContext context, Assets assets) {
        chat = new Chat(settings, context);
        conduct = new Conduct(chat);
        calls = new HttpCalls(chat, conduct, assets);
        sockets = new SocketCalls(chat, conduct);
        context.tasks().every(Duration.ofSeconds(1), this::tick);
        context.tasks().every(Duration.ofMinutes(1), this::prune);
    }

    @Override
    public Abilities abilities() {
        return Abilities.readFromTimeline(chat.limits().text(), new Abilities.Streaming.Live(DRAFTS_PER_SECOND));
    }

    /** Asked before it serves: the time for what would keep the first customers waiting. */
    @Override
    public CheckResult check() {
        Rehearsal.play();
        return new CheckResult.Fine();
    }

    @Override
    public Delivered deliver(Delivery delivery) {
        return new Delivered.Done("");
    }

    @Override
    public WebReply serve(WebRequest request) {
        return calls.serve(request);
    }

    @Override
    public Upgrade live(WebRequest request) {
        return sockets.open(request);
    }

    @Override
    public Optional<SocketHandler> takeOver(LiveSocket socket, String subprotocol, String state) {
        return sockets.takeOver(socket, subprotocol, state);
    }

    private void tick() {
        for (var client : chat.clients().all()) client.out().tick();
    }

    private void prune() {
        chat.prune();
        conduct.prune();
    }

    /** Sends away who could not go on with the next generation, to come back to it. */
    @Override
    public void close() {
        for (var client : List.copyOf(chat.clients().all())) {
            client.out().send(new ServerFrame.Bye("restart", RETURN_AFTER_MILLIS));
            client.close(1001, "restart");
        }
    }
}
