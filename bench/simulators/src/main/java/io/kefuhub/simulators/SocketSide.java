package io.kefuhub.simulators;

import java.nio.ByteBuffer;

/** The platform's side of one socket. Called by one thread at a time. */
public interface SocketSide {
    void opened(Line line);

    default void text(String frame) {}

    default void binary(ByteBuffer frame) {}

    default void closed() {}

    /** The way back to the hub. Safe for threads; what is sent after the end is dropped. */
    interface Line {
        void send(String frame);

        void send(ByteBuffer frame);

        void close(int code, String reason);

        /** Gone without a word, as when a cable is cut. */
        void cut();
    }
}
