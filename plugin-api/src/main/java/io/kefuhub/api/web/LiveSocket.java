package io.kefuhub.api.web;

/**
 * A web socket that the hub holds for a plugin; it outlives a swap of the plugin's jar. Safe for threads; never blocks.
 *
 * <p>What is sent goes out in order. A socket whose caller does not read is closed with 4008 once the limit of waiting
 * bytes is passed; nothing is ever dropped from the middle.
 */
public interface LiveSocket {
    void sendText(String text);

    void sendBinary(byte[] bytes);

    /** Closes after what was sent; later sends do nothing. */
    void close(int code, String reason);

    boolean isOpen();
}
