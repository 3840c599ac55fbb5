package io.kefuhub.api.web;

/** The answer to a caller that asks for a web socket. */
public sealed interface Upgrade {
    /** No socket; the reply says why. */
    record Refused(WebReply reply) implements Upgrade {}

    /**
     * The socket may open. It may also come to nothing, so the handler hears of its end either way.
     *
     * @param subprotocol one of those the caller offered, or empty for none
     * @param limits what the hub refuses for the plugin
     * @param handler takes the socket's frames
     */
    record Opened(String subprotocol, Limits limits, SocketHandler handler) implements Upgrade {}

    /**
     * @param frameBytes a longer frame closes the socket with 1009
     * @param waitingBytes more than this waiting to be sent closes it with 4008
     */
    record Limits(int frameBytes, int waitingBytes) {}
}
