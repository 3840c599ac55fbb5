package io.kefuhub.channel.web.frame;

import io.kefuhub.api.web.LiveSocket;

/** One way of writing frames. Immutable, safe for threads. */
public sealed interface Codec permits JsonCodec, ProtoCodec {
    /** The name by which clients ask for it. */
    String subprotocol();

    ClientFrame decode(String text) throws BadFrame;

    ClientFrame decode(byte[] bytes) throws BadFrame;

    void send(LiveSocket socket, ServerFrame frame);
}
