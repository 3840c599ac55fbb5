package io.kefuhub.core.intake;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;

/** Brings the frames of a socket to a plugin through the one door into its code. */
final class GuardedSocket implements SocketHandler {
    private static final int GOING_AWAY = 1001;
    private static final int DEFECT = 1011;

    private final Guard guard;
    private final Slot<Channel> slot;
    private final SocketHandler handler;

    GuardedSocket(Guard guard, Slot<Channel> slot, SocketHandler handler) {
        this.guard = guard;
        this.slot = slot;
        this.handler = handler;
    }

    @Override
    public void onOpen(LiveSocket socket) {
        switch (guard.onOpen(slot, handler, socket)) {
            case Asked.Answered<Asked.Done> _ -> {}
            // It has ended since it let the socket in; the caller comes back to the next generation.
            case Asked.Unavailable<Asked.Done> _ -> socket.close(GOING_AWAY, "restart");
            case Asked.Failed<Asked.Done> _, Asked.Late<Asked.Done> _ -> socket.close(DEFECT, "failed");
        }
    }

    @Override
    public void onText(String text) {
        guard.onText(slot, handler, text);
    }

    @Override
    public void onBinary(byte[] bytes) {
        guard.onBinary(slot, handler, bytes);
    }

    @Override
    public void onClose(int code) {
        guard.onClose(slot, handler, code);
    }
}
