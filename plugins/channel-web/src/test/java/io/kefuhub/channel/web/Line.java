package io.kefuhub.channel.web;

import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.channel.web.frame.ClientFrame;
import io.kefuhub.channel.web.frame.ServerFrame;
import io.kefuhub.channel.web.frame.ServerFrame.Event;
import io.kefuhub.channel.web.frame.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One web socket as its client sees it. Safe for threads. */
final class Line implements LiveSocket {
    private static final long PATIENCE = 30_000_000_000L;

    private final Wire wire;
    private SocketHandler handler;
    private final List<ServerFrame> heard = new ArrayList<>();
    private boolean open = true;
    private int closeCode;
    private long nextId = 1;

    Line(Wire wire, SocketHandler handler) {
        this.wire = wire;
        this.handler = handler;
        handler.onOpen(this);
    }

    /** Says something; returns the number it asked under. */
    long says(ClientFrame frame) {
        sends(wire.encode(frame));
        return nextId - 1;
    }

    void sends(Object message) {
        if (message instanceof byte[] bytes) handler.onBinary(bytes);
        else handler.onText((String) message);
    }

    void hello(Optional<String> conversation, long after) {
        says(new ClientFrame.Hello(nextId++, conversation, after, Set.of("draft")));
    }

    long send(String cid, String text) {
        return says(
                new ClientFrame.Send(nextId++, cid, List.of(new ClientFrame.SentPart.Text(text)), Optional.empty()));
    }

    /** The next generation of the channel goes on with this socket. */
    void movesTo(WebChannel next) {
        var state = handler.handOver().orElseThrow();
        handler = next.takeOver(this, wire.codec().subprotocol(), state).orElseThrow();
    }

    /** The connection breaks without a word. */
    void breaks() {
        synchronized (this) {
            open = false;
        }
        handler.onClose(1006);
    }

    /** Waits until something that was heard fits, and returns it. */
    <F extends ServerFrame> F hears(Class<F> type, Predicate<F> fits) {
        var end = System.nanoTime() + PATIENCE;
        synchronized (this) {
            while (true) {
                for (var frame : heard) {
                    if (type.isInstance(frame) && fits.test(type.cast(frame))) return type.cast(frame);
                }
                pause(end, type.getSimpleName());
            }
        }
    }

    <F extends ServerFrame> F hears(Class<F> type) {
        return hears(type, _ -> true);
    }

    /** Waits until the event with this number has come. */
    Line until(long seq) {
        hears(Event.class, event -> event.seq() == seq);
        return this;
    }

    private void pause(long end, String what) {
        var left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) throw new AssertionError("waited for " + what + ", heard " + heard);
        try {
            wait(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    synchronized List<ServerFrame> heard() {
        return List.copyOf(heard);
    }

    List<Long> seqs() {
        return heard().stream()
                .filter(Event.class::isInstance)
                .map(frame -> ((Event) frame).seq())
                .toList();
    }

    synchronized int closeCode() {
        return closeCode;
    }

    @Override
    public void sendText(String text) {
        add(text);
    }

    @Override
    public void sendBinary(byte[] bytes) {
        add(bytes);
    }

    private synchronized void add(Object message) {
        if (!open) return;
        heard.add(wire.decode(message));
        notifyAll();
    }

    @Override
    public synchronized void close(int code, String reason) {
        if (!open) return;
        open = false;
        closeCode = code;
        notifyAll();
    }

    @Override
    public synchronized boolean isOpen() {
        return open;
    }
}
