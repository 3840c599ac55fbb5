package io.kefuhub.core.web;

import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.api.web.Upgrade;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * A socket that the hub holds for a plugin. Frames come one at a time: the next is asked for when the last was dealt
 * with. Sending never waits; a caller who does not read is cut off once too much is waiting.
 */
public final class HeldSocket implements Session.Listener, LiveSocket {
    private static final int GONE = 1006;
    private static final int TOO_SLOW = 4008;
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    /** What a frame costs beside its bytes. */
    private static final int FRAME = 64;

    private final SocketHandler handler;
    private final Upgrade.Limits limits;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable Session session;

    HeldSocket(SocketHandler handler, Upgrade.Limits limits) {
        this.handler = handler;
        this.limits = limits;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        opened.setIdleTimeout(IDLE);
        opened.setMaxTextMessageSize(limits.frameBytes());
        opened.setMaxBinaryMessageSize(limits.frameBytes());
        opened.setMaxOutgoingFrames(-1);
        session = opened;
        handler.onOpen(this);
        opened.demand();
    }

    @Override
    public void onWebSocketText(String text) {
        handler.onText(text);
        demand();
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        var bytes = new byte[payload.remaining()];
        payload.get(bytes);
        callback.succeed();
        handler.onBinary(bytes);
        demand();
    }

    private void demand() {
        var open = session;
        if (open != null && open.isOpen()) open.demand();
    }

    @Override
    public void onWebSocketClose(int code, String reason, Callback callback) {
        callback.succeed();
        ended(code);
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        ended(GONE);
    }

    /** The handshake is over: a socket that is not open by now never will be. */
    void handshaken() {
        if (session == null) ended(GONE);
    }

    private void ended(int code) {
        closing.set(true);
        if (!told.getAndSet(true)) handler.onClose(code);
    }

    @Override
    public void sendText(String text) {
        var open = session;
        if (open != null && admit(text.length())) open.sendText(text, new Sent(text.length()));
    }

    @Override
    public void sendBinary(byte[] bytes) {
        var open = session;
        if (open != null && admit(bytes.length)) open.sendBinary(ByteBuffer.wrap(bytes), new Sent(bytes.length));
    }

    private boolean admit(int length) {
        if (closing.get()) return false;
        if (waiting.addAndGet(length + FRAME) <= limits.waitingBytes()) return true;
        close(TOO_SLOW, "too slow");
        return false;
    }

    @Override
    public void close(int code, String reason) {
        var open = session;
        if (open == null || closing.getAndSet(true)) return;
        open.close(code, reason, Callback.NOOP);
        // The farewell stands behind what was sent: who does not read does not see it and is cut off.
        Thread.ofVirtual().name("socket-farewell").start(() -> {
            try {
                Thread.sleep(FAREWELL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            open.disconnect();
        });
    }

    @Override
    public boolean isOpen() {
        var open = session;
        return open != null && open.isOpen() && !closing.get();
    }

    private final class Sent implements Callback {
        private final int length;

        Sent(int length) {
            this.length = length;
        }

        @Override
        public void succeed() {
            waiting.addAndGet(-length - FRAME);
        }

        @Override
        public void fail(Throwable cause) {
            waiting.addAndGet(-length - FRAME);
        }
    }
}
