package io.kefuhub.channel.web;

import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.channel.web.frame.BadFrame;
import io.kefuhub.channel.web.frame.ClientFrame;
import io.kefuhub.channel.web.frame.Codec;
import io.kefuhub.channel.web.frame.ServerFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One web socket: understands what comes in, answers it, and keeps the deadlines. Frames come one at a time; the rest
 * may come from any thread.
 */
final class SocketClient implements SocketHandler, Client.Out {
    private static final Duration HELLO = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT = Duration.ofSeconds(Client.HEARTBEAT_SECONDS);

    private final Chat chat;
    private final Conduct conduct;
    private final Codec codec;
    private final String address;
    private final Client client;
    private final Instant since;

    private volatile @Nullable LiveSocket socket;
    private volatile Instant heard;
    private volatile Instant sent;
    private long second;
    private int framesThisSecond;

    /** Made with a place taken for it, which is given back when the socket is gone. */
    SocketClient(Chat chat, Conduct conduct, Session session, Codec codec, String address) {
        this(chat, conduct, session, codec, address, chat.context().clock().instant());
    }

    private SocketClient(Chat chat, Conduct conduct, Session session, Codec codec, String address, Instant opened) {
        this.chat = chat;
        this.conduct = conduct;
        this.codec = codec;
        this.address = address;
        client = new Client(chat, session, this);
        since = opened;
        heard = opened;
        sent = chat.context().clock().instant();
    }

    @Override
    public void onOpen(LiveSocket opened) {
        socket = opened;
        if (client.session().hasEnded()) close(4001, "the session has ended");
        else chat.clients().add(client);
    }

    /** Made to go on with a socket of the generation before, for which a place is taken whatever the limits say. */
    static SocketClient goingOn(Chat chat, Conduct conduct, Codec codec, HandedOver from, LiveSocket socket) {
        var session = chat.sessions().adopt(from.session());
        var connection = from.connection();
        var goesOn = new SocketClient(chat, conduct, session, codec, connection.address(), connection.since());
        goesOn.socket = socket;
        goesOn.heard = connection.heard();
        chat.clients().enterAnyway(connection.address());
        chat.clients().add(goesOn.client);
        goesOn.client.goOn(from);
        return goesOn;
    }

    @Override
    public Optional<String> handOver() {
        if (!isOpen() || client.session().hasEnded()) return Optional.empty();
        var state = client.handOver(new HandedOver.Connection(address, since, heard));
        chat.clients().remove(client);
        chat.clients().leave(address);
        return Optional.of(state.write());
    }

    @Override
    public void onText(String text) {
        try {
            if (mayCome()) answer(codec.decode(text));
        } catch (BadFrame e) {
            close(e.closeCode(), e.reason());
        }
    }

    @Override
    public void onBinary(byte[] bytes) {
        try {
            if (mayCome()) answer(codec.decode(bytes));
        } catch (BadFrame e) {
            close(e.closeCode(), e.reason());
        }
    }

    @Override
    public void onClose(int code) {
        client.gone();
        chat.clients().leave(address);
    }

    private boolean mayCome() {
        if (!isOpen()) return false;
        var now = chat.context().clock().instant();
        heard = now;
        if (now.getEpochSecond() != second) {
            second = now.getEpochSecond();
            framesThisSecond = 0;
        }
        if (++framesThisSecond <= chat.limits().framesPerSecond()) return true;
        close(4029, "too many frames");
        return false;
    }

    private void answer(ClientFrame frame) {
        try {
            act(frame);
        } catch (UnavailableException e) {
            unavailable(frame);
        }
    }

    /** What waits for an answer gets one; a mark or a sign of typing is lost, and the next one says more. */
    private void unavailable(ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Hello _ -> close(1013, "try again later");
            case ClientFrame.Send send -> send(unavailable(send.id()));
            case ClientFrame.Identify identify -> send(unavailable(identify.id()));
            case ClientFrame.Read _,
                    ClientFrame.Typing _,
                    ClientFrame.Ping _,
                    ClientFrame.Pong _,
                    ClientFrame.Unknown _ -> {}
        }
    }

    private static ServerFrame unavailable(long id) {
        return new ServerFrame.Error(id, "unavailable", true, Posts.UNAVAILABLE);
    }

    private void act(ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Hello(var id, var conversation, var after, var caps) -> {
                if (!client.greet(id, conversation, after, caps.contains("draft"))) {
                    send(new ServerFrame.Error(id, "not_found", false, "There is no such conversation."));
                }
            }
            case ClientFrame.Ping(var id) -> send(new ServerFrame.Pong(id));
            case ClientFrame.Pong(), ClientFrame.Unknown() -> {}
            case ClientFrame.Send send -> {
                if (greeted(send.id())) send(conduct.send(client, send));
            }
            case ClientFrame.Identify(var id, var identity) -> {
                if (greeted(id)) send(conduct.identify(client, id, identity));
            }
            case ClientFrame.Read(var upTo) -> conduct.read(client, upTo);
            case ClientFrame.Typing(var on) -> conduct.typing(client, on);
        }
    }

    private boolean greeted(long id) {
        if (!client.isGreeted()) send(new ServerFrame.Error(id, "hello_first", true, "Say hello first."));
        return client.isGreeted();
    }

    @Override
    public void send(ServerFrame frame) {
        var open = socket;
        if (open == null) return;
        sent = chat.context().clock().instant();
        codec.send(open, frame);
    }

    @Override
    public void close(int code, String reason) {
        var open = socket;
        if (open != null) open.close(code, reason);
    }

    private boolean isOpen() {
        var open = socket;
        return open != null && open.isOpen();
    }

    @Override
    public void tick() {
        var now = chat.context().clock().instant();
        if (!client.isGreeted() && !now.isBefore(since.plus(HELLO))) client.close(4000, "no hello");
        else if (!now.isBefore(heard.plus(SILENCE))) client.close(1001, "silent");
        else if (!now.isBefore(sent.plus(HEARTBEAT))) send(new ServerFrame.Ping());
    }
}
