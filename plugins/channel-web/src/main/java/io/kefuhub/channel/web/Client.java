package io.kefuhub.channel.web;

import io.kefuhub.api.channel.Timeline;
import io.kefuhub.channel.web.frame.ServerFrame;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One live connection, however it is carried: whose it is and what it is fed with. Safe for threads.
 *
 * <p>It is greeted once; from then on it gets everything of its conversation, be there one already or not.
 */
final class Client {
    /** With more missed than this, a client starts afresh. */
    static final long MOST_REPLAYED = 500;

    static final int HEARTBEAT_SECONDS = 25;
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();
    private final Chat chat;
    private final Out out;
    private volatile Session session;
    private volatile boolean greeted;
    private boolean drafts;
    private boolean gone;
    private @Nullable Feed feed;

    /** Carries frames to the other side; never waits. */
    interface Out {
        void send(ServerFrame frame);

        void close(int code, String reason);

        /** Looks after heartbeats and deadlines; called about once a second. */
        void tick();
    }

    Client(Chat chat, Session session, Out out) {
        this.chat = chat;
        this.session = session;
        this.out = out;
    }

    long number() {
        return number;
    }

    Session session() {
        return session;
    }

    void session(Session changed) {
        session = changed;
    }

    boolean isGreeted() {
        return greeted;
    }

    Out out() {
        return out;
    }

    /** The highest {@code seq} this client was sent. */
    synchronized long sentUpTo() {
        return feed == null ? 0 : feed.sentUpTo();
    }

    /** Says hello back, then brings what was missed and what comes. Says whether the conversation was the client's. */
    synchronized boolean greet(long id, Optional<String> conversation, long after, boolean wantsDrafts) {
        var own =
                session.isKept() ? chat.context().timeline().find(session.thread()) : Optional.<Timeline.Thread>empty();
        if (conversation.isPresent()
                && !own.map(Timeline.Thread::conversationId).equals(conversation)) return false;
        drafts = wantsDrafts;
        greeted = true;
        stopFeed();
        if (own.isEmpty()) welcome(id, Optional.empty(), 1, 0);
        else start(id, own.get().conversationId(), after);
        return true;
    }

    /** The customer's first message, which has this {@code seq}, opened a conversation, perhaps in another tab. */
    synchronized void attach(String conversation, long seq) {
        if (!greeted || gone || feed != null) return;
        feed = new Feed(chat, conversation, drafts, out::send);
        feed.listen();
        feed.startAfter(0, seq);
    }

    /** Goes on under another session; a conversation that is still the same one goes on undisturbed. */
    synchronized void replaced(Session by, String token, Optional<String> conversation) {
        chat.clients().move(this, by);
        out.send(new ServerFrame.Replaced(token, conversation));
        if (!greeted || conversation.equals(Optional.ofNullable(feed).map(Feed::conversation))) return;
        stopFeed();
        if (conversation.isPresent()) start(0, conversation.get(), 0);
    }

    private void start(long id, String conversation, long after) {
        if (gone) return;
        var started = new Feed(chat, conversation, drafts, out::send);
        feed = started;
        var lastSeq = started.listen();
        if (after > lastSeq || lastSeq - after > MOST_REPLAYED) {
            welcome(id, Optional.of(conversation), lastSeq + 1, lastSeq);
            out.send(new ServerFrame.Reset(lastSeq));
            started.startAfter(lastSeq, lastSeq);
        } else {
            welcome(id, Optional.of(conversation), after + 1, lastSeq);
            started.startAfter(after, lastSeq);
        }
    }

    private void welcome(long id, Optional<String> conversation, long from, long lastSeq) {
        var limits = new ServerFrame.Limits(chat.limits().text(), chat.limits().file());
        out.send(new ServerFrame.Welcome(id, conversation, from, lastSeq, HEARTBEAT_SECONDS, limits));
    }

    /** Where it stands, and nothing more is sent; it goes on elsewhere. */
    synchronized HandedOver handOver(HandedOver.Connection connection) {
        var conversation = Optional.ofNullable(feed).map(Feed::conversation);
        if (feed != null) feed.end();
        var sentUpTo = sentUpTo();
        feed = null;
        gone = true;
        return new HandedOver(session, greeted, drafts, conversation, sentUpTo, connection);
    }

    /** Goes on where the generation before stood. */
    synchronized void goOn(HandedOver from) {
        greeted = from.greeted();
        drafts = from.drafts();
        if (from.conversation().isEmpty()) return;
        var started = new Feed(chat, from.conversation().get(), drafts, out::send);
        feed = started;
        started.startAfter(from.sentUpTo(), started.listen());
    }

    /** Ends the connection from this side. */
    void close(int code, String reason) {
        out.close(code, reason);
        gone();
    }

    /** The connection has ended. */
    void gone() {
        chat.clients().remove(this);
        synchronized (this) {
            gone = true;
            stopFeed();
        }
    }

    private void stopFeed() {
        if (feed != null) feed.end();
        feed = null;
    }
}
