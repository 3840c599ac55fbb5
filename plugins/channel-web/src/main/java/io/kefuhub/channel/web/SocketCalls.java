package io.kefuhub.channel.web;

import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.channel.web.frame.Codec;
import io.kefuhub.channel.web.frame.JsonCodec;
import io.kefuhub.channel.web.frame.ProtoCodec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Lets sockets in. Safe for threads. */
final class SocketCalls {
    private static final List<Codec> CODECS = List.of(new JsonCodec(), new ProtoCodec());
    private static final Duration BUSY_PAUSE = Duration.ofSeconds(10);

    private final Chat chat;
    private final Conduct conduct;

    SocketCalls(Chat chat, Conduct conduct) {
        this.chat = chat;
        this.conduct = conduct;
    }

    Upgrade open(WebRequest request) {
        if (!request.rest().equals("/ws")) return new Upgrade.Refused(Problems.notFound());
        if (!Origins.isOwn(request)) {
            return new Upgrade.Refused(Problems.of(403, "foreign_origin", "Sockets are for the hub's own pages."));
        }
        var codec = codec(request);
        if (codec.isEmpty()) {
            return new Upgrade.Refused(Problems.of(400, "no_subprotocol", "Offer hub.widget.1 or hub.widget.1.proto."));
        }
        var session = request.parameter("ticket").flatMap(chat.tickets()::take).filter(holder -> !holder.hasEnded());
        if (session.isEmpty()) {
            return new Upgrade.Refused(
                    Problems.unauthorized("ticket_invalid", "The ticket was used, is too old or never was."));
        }
        return open(request, session.get(), codec.get());
    }

    /** Goes on with a socket of the generation before; empty when what it says cannot be understood. */
    Optional<SocketHandler> takeOver(LiveSocket socket, String subprotocol, String state) {
        var codec = codec(subprotocol);
        var from = HandedOver.read(state);
        if (codec.isEmpty() || from.isEmpty()) return Optional.empty();
        return Optional.of(SocketClient.goingOn(chat, conduct, codec.get(), from.get(), socket));
    }

    private Upgrade open(WebRequest request, Session session, Codec codec) {
        var address = Addresses.network(request.address());
        var refusal = refusal(chat.clients().enter(address));
        if (refusal.isPresent()) return new Upgrade.Refused(refusal.get());
        var limits =
                new Upgrade.Limits(chat.limits().frameBytes(), chat.limits().waitingBytes());
        return new Upgrade.Opened(
                codec.subprotocol(), limits, new SocketClient(chat, conduct, session, codec, address));
    }

    /** What is said to a connection for which there is no room. */
    static Optional<WebReply> refusal(Clients.Room room) {
        return switch (room) {
            case YES -> Optional.empty();
            case ADDRESS_FULL ->
                Optional.of(Problems.later(
                        429, "too_many_connections", "Too many connections from this address.", BUSY_PAUSE));
            case ALL_FULL -> Optional.of(Problems.later(503, "full", "All places are taken; try again.", BUSY_PAUSE));
        };
    }

    private static Optional<Codec> codec(WebRequest request) {
        var offered = Arrays.stream(
                        request.header("sec-websocket-protocol").orElse("").split(","))
                .map(String::strip)
                .toList();
        return offered.stream().flatMap(name -> codec(name).stream()).findFirst();
    }

    private static Optional<Codec> codec(String subprotocol) {
        return CODECS.stream()
                .filter(codec -> codec.subprotocol().equals(subprotocol))
                .findFirst();
    }
}
