package io.kefuhub.channel.web;

import io.kefuhub.channel.web.frame.ClientFrame;
import io.kefuhub.channel.web.frame.ServerFrame;
import java.time.Duration;
import java.util.Optional;

/** What a visitor may do, by whichever way they ask. Safe for threads. */
final class Conduct {
    private final Chat chat;
    private final Posts posts;
    private final Identification identification;
    private final Allowance typing;

    Conduct(Chat chat) {
        this.chat = chat;
        posts = new Posts(chat);
        identification = new Identification(chat);
        typing = new Allowance(chat.context().clock(), new Allowance.Limit(2, Duration.ofSeconds(1)));
    }

    Posts posts() {
        return posts;
    }

    Identification identification() {
        return identification;
    }

    ServerFrame send(Client client, ClientFrame.Send send) {
        return switch (posts.post(client.session(), send.cid(), send.parts(), send.replyTo())) {
            case Posts.Posted.Stored(var messageId, var conversation, var seq, var at) ->
                new ServerFrame.Ok(send.id(), messageId, seq, at, conversation);
            case Posts.Posted.Refused(var code, var text, var pause) ->
                new ServerFrame.Error(send.id(), code, pause.isPresent(), text);
        };
    }

    ServerFrame identify(Client client, long id, String token) {
        return switch (identification.identify(Optional.of(client.session()), token)) {
            case Identification.Outcome.Refused(var reason) ->
                new ServerFrame.Error(id, "identity_refused", false, reason);
            case Identification.Outcome.Same(), Identification.Outcome.Replaced _ -> new ServerFrame.Done(id);
        };
    }

    /** A mark beyond what the client was sent is cut to that. */
    void read(Client client, long upTo) {
        read(client.session(), Math.min(upTo, client.sentUpTo()));
    }

    void read(Session session, long upTo) {
        if (upTo > 0) chat.context().inbox().read(session.thread(), upTo);
    }

    void typing(Client client, boolean on) {
        if (client.sentUpTo() > 0) typing(client.session(), on);
    }

    void typing(Session session, boolean on) {
        if (typing.take(session.visitor()).isEmpty()) chat.context().inbox().typing(session.thread(), on);
    }

    /** Ends the session and every connection of its browser. */
    void logout(Session session) {
        chat.sessions().end(session);
        for (var client : chat.clients().of(session)) client.close(4001, "logged out");
    }

    void prune() {
        typing.prune();
    }
}
