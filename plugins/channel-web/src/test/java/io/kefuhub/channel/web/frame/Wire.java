package io.kefuhub.channel.web.frame;

import io.kefuhub.api.web.LiveSocket;
import java.util.ArrayList;

/** The client's side of a codec: the reverse of what the hub does. */
public interface Wire {
    Codec codec();

    /** Writes a client's frame: a text or bytes. */
    Object encode(ClientFrame frame);

    /** Reads what the hub sent: a text or bytes. */
    ServerFrame decode(Object message);

    /** Writes a hub's frame and reads it again. */
    default ServerFrame there_and_back(ServerFrame frame) {
        var sent = new ArrayList<Object>();
        codec().send(
                        new LiveSocket() {
                            @Override
                            public void sendText(String text) {
                                sent.add(text);
                            }

                            @Override
                            public void sendBinary(byte[] bytes) {
                                sent.add(bytes);
                            }

                            @Override
                            public void close(int code, String reason) {}

                            @Override
                            public boolean isOpen() {
                                return true;
                            }
                        },
                        frame);
        return decode(sent.getFirst());
    }

    /** Reads a client's frame as the hub does. */
    default ClientFrame read(Object message) throws BadFrame {
        return message instanceof byte[] bytes ? codec().decode(bytes) : codec().decode((String) message);
    }
}
