package io.kefuhub.channel.web;

import io.kefuhub.api.web.WebReply;
import io.kefuhub.channel.web.frame.JsonFrames;
import io.kefuhub.channel.web.frame.ServerFrame;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One stream of server-sent events: the same frames as over a socket, with {@code seq} as the event's id. */
final class StreamClient implements WebReply.EventSource, Client.Out {
    private static final int MOST_WAITING = 1_000;
    private static final ServerFrame END = new ServerFrame.Bye("end", 0);

    private final Chat chat;
    private final String address;
    private final long after;
    private final Client client;
    private final LinkedBlockingQueue<ServerFrame> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private volatile boolean over;

    /** Made with a place taken for it, which is given back when the stream is over. */
    StreamClient(Chat chat, Session session, String address, long after) {
        this.chat = chat;
        this.address = address;
        this.after = after;
        client = new Client(chat, session, this);
    }

    /** Ends when the other side goes, the session does, or too much waits. */
    @Override
    public void feed(WebReply.EventSink sink) throws IOException, InterruptedException {
        chat.clients().add(client);
        client.greet(0, Optional.empty(), after, true);
        while (!over) {
            var frame = waiting.poll(Client.HEARTBEAT_SECONDS, TimeUnit.SECONDS);
            if (frame == null) sink.comment("");
            else if (!frame.equals(END)) sink.event(id(frame), "", JsonFrames.write(frame));
        }
    }

    @Override
    public void ended() {
        client.gone();
        chat.clients().leave(address);
    }

    private static String id(ServerFrame frame) {
        return frame instanceof ServerFrame.Event event ? Long.toString(event.seq()) : "";
    }

    @Override
    public void send(ServerFrame frame) {
        if (!waiting.offer(frame)) close(4008, "too slow");
    }

    /** What waits is dropped: the client resumes from what it has. */
    @Override
    public void close(int code, String reason) {
        over = true;
        waiting.clear();
        waiting.offer(END);
    }

    /** A silent stream is kept open by comments, from its own thread. */
    @Override
    public void tick() {}
}
