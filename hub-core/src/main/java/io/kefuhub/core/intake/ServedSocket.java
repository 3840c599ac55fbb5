package io.kefuhub.core.intake;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One socket and the generation of its channel that serves it. Frames go through the one door into foreign code; between
 * two of them the socket can move on to the next generation, and the other side notices nothing. Safe for threads.
 */
final class ServedSocket implements SocketHandler {
    private static final int GOING_AWAY = 1001;
    private static final int DEFECT = 1011;
    private static final int RESTART = 1012;
    private static final long OPENING_MILLIS = 2_000;

    private final Guard guard;
    private final String subprotocol;
    private final Consumer<ServedSocket> gone;
    private final ReentrantLock turn = new ReentrantLock();
    private final Condition opened = turn.newCondition();
    private volatile Slot<Channel> slot;
    private SocketHandler handler;
    private @Nullable LiveSocket socket;
    private @Nullable SocketEnd end;
    private boolean over;

    /** @param gone told once when the socket is gone */
    ServedSocket(
            Guard guard, Slot<Channel> slot, String subprotocol, SocketHandler handler, Consumer<ServedSocket> gone) {
        this.guard = guard;
        this.slot = slot;
        this.subprotocol = subprotocol;
        this.handler = handler;
        this.gone = gone;
    }

    @Override
    public void onOpen(LiveSocket live) {
        turn.lock();
        try {
            socket = live;
            var mine = new SocketEnd(live);
            end = mine;
            switch (guard.onOpen(slot, handler, mine)) {
                case Asked.Answered<Asked.Done> _ -> {}
                // It has ended since it let the socket in; the caller comes back to the next generation.
                case Asked.Unavailable<Asked.Done> _ -> live.close(GOING_AWAY, "restart");
                case Asked.Failed<Asked.Done> _, Asked.Late<Asked.Done> _ -> live.close(DEFECT, "failed");
            }
            opened.signalAll();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void onText(String text) {
        turn.lock();
        try {
            guard.onText(slot, handler, text);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void onBinary(byte[] bytes) {
        turn.lock();
        try {
            guard.onBinary(slot, handler, bytes);
        } finally {
            turn.unlock();
        }
    }

    /** May be told in the midst of sending, by a thread that holds locks which whoever holds the turn is waiting for. */
    @Override
    public void onClose(int code) {
        gone.accept(this);
        if (turn.tryLock()) {
            try {
                closed(code);
            } finally {
                turn.unlock();
            }
        } else {
            Thread.ofVirtual().name("socket-closed").start(() -> {
                turn.lock();
                try {
                    closed(code);
                } finally {
                    turn.unlock();
                }
            });
        }
    }

    private void closed(int code) {
        over = true;
        opened.signalAll();
        guard.onClose(slot, handler, code);
    }

    boolean isServedBy(Slot<Channel> generation) {
        return slot.equals(generation);
    }

    /** Moves on to the next generation, if this one is served by the one before and both agree. */
    void move(Slot<Channel> before, Slot<Channel> next) {
        turn.lock();
        try {
            if (!slot.equals(before) || !awaitOpen()) return;
            var live = socket;
            var mine = end;
            if (live == null || mine == null || !live.isOpen()) return;
            var state = guard.handOver(before, handler).answer().flatMap(given -> given);
            if (state.isEmpty()) return;
            mine.cut();
            take(next, live, state.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            turn.unlock();
        }
    }

    private boolean awaitOpen() throws InterruptedException {
        var left = TimeUnit.MILLISECONDS.toNanos(OPENING_MILLIS);
        while (socket == null && !over && left > 0) left = opened.awaitNanos(left);
        return !over;
    }

    private void take(Slot<Channel> next, LiveSocket live, String state) {
        var theirs = new SocketEnd(live);
        Optional<SocketHandler> taken =
                guard.takeOver(next, theirs, subprotocol, state).answer().flatMap(given -> given);
        slot = next;
        end = theirs;
        handler = taken.orElse(NOBODY);
        if (taken.isEmpty()) live.close(RESTART, "restart");
    }

    private static final SocketHandler NOBODY = new SocketHandler() {
        @Override
        public void onOpen(LiveSocket socket) {}

        @Override
        public void onText(String text) {}

        @Override
        public void onBinary(byte[] bytes) {}

        @Override
        public void onClose(int code) {}
    };

    /** One generation's end of the socket; what comes through after it was cut is dropped. */
    private static final class SocketEnd implements LiveSocket {
        private final LiveSocket live;
        private volatile boolean cut;

        SocketEnd(LiveSocket live) {
            this.live = live;
        }

        void cut() {
            cut = true;
        }

        @Override
        public void sendText(String text) {
            if (!cut) live.sendText(text);
        }

        @Override
        public void sendBinary(byte[] bytes) {
            if (!cut) live.sendBinary(bytes);
        }

        @Override
        public void close(int code, String reason) {
            if (!cut) live.close(code, reason);
        }

        @Override
        public boolean isOpen() {
            return !cut && live.isOpen();
        }
    }
}
