package io.kefuhub.api.web;

import java.util.Optional;

/**
 * Takes the frames of one web socket. The calls for one socket come one at a time, in order, on threads that may wait;
 * no next frame is read before the last call returned.
 */
public interface SocketHandler {
    /** The socket is open; first call, unless it never opened. Keep the socket to send. */
    void onOpen(LiveSocket socket);

    void onText(String text);

    void onBinary(byte[] bytes);

    /**
     * Gives up the open socket to the next generation of the channel: what is returned is all that one learns of it, by
     * {@link io.kefuhub.api.channel.Channel#takeOver}. Called between two frames; no other call comes to this handler
     * afterwards, and what it still sends is dropped, so what was taken for the socket is given back here.
     *
     * @return the socket's state as text of at most 64 KiB; empty when the next generation could not go on, and then
     *     the socket stays with this one, which closes it in its own {@code close}
     */
    default Optional<String> handOver() {
        return Optional.empty();
    }

    /**
     * The socket is gone, for whatever reason; last call, and made exactly once for every {@link Upgrade.Opened} that
     * was not handed over: so
     * what was taken for a socket is given back here. The only call where the socket never opened, because the caller
     * had gone or its handshake was wrong.
     */
    void onClose(int code);
}
