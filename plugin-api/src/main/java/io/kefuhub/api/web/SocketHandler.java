package io.kefuhub.api.web;

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
     * The socket is gone, for whatever reason; last call, and made exactly once for every {@link Upgrade.Opened}: so
     * what was taken for a socket is given back here. The only call where the socket never opened, because the caller
     * had gone or its handshake was wrong.
     */
    void onClose(int code);
}
