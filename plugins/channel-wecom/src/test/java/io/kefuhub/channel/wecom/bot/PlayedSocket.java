package io.kefuhub.channel.wecom.bot;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server of web sockets, as small as can be: texts only. */
final class PlayedSocket implements AutoCloseable {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket server;
    private final Function<Peer, Hearer> opened;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Hears what one peer says; one thread at a time. */
    interface Hearer {
        void text(String text);
    }

    /** @param opened called for every new connection */
    PlayedSocket(Function<Peer, Hearer> opened) {
        this.opened = opened;
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            var out = socket.getOutputStream();
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + accepted(key(in)) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            var hearer = opened.apply(new Peer(socket));
            var text = new ByteArrayOutputStream();
            while (true) {
                var first = in.readUnsignedByte();
                var bytes = payload(in);
                if ((first & 0x0F) == 8) return;
                if ((first & 0x0F) > 1) continue;
                text.write(bytes);
                if ((first & 0x80) == 0) continue;
                hearer.text(text.toString(StandardCharsets.UTF_8));
                text.reset();
            }
        } catch (IOException _) {
            // It is gone.
        }
    }

    private static String key(DataInputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.readUnsignedByte());
        return head.toString()
                .lines()
                .filter(line -> line.regionMatches(true, 0, "sec-websocket-key:", 0, 18))
                .map(line -> line.substring(18).strip())
                .findFirst()
                .orElseThrow();
    }

    private static String accepted(String key) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(sha1);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] payload(DataInputStream in) throws IOException {
        var second = in.readUnsignedByte();
        var length = second & 0x7F;
        if (length == 126) length = in.readUnsignedShort();
        else if (length == 127) length = (int) in.readLong();
        var mask = new byte[4];
        if ((second & 0x80) != 0) in.readFully(mask);
        var bytes = new byte[length];
        in.readFully(bytes);
        for (var at = 0; at < length; at++) bytes[at] ^= mask[at % 4];
        return bytes;
    }

    /** The other end of one connection. */
    record Peer(Socket socket) {
        void send(String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var frame = new ByteArrayOutputStream();
            frame.write(0x81);
            if (bytes.length < 126) {
                frame.write(bytes.length);
            } else {
                frame.write(126);
                frame.write(bytes.length >> 8);
                frame.write(bytes.length);
            }
            frame.writeBytes(bytes);
            try {
                synchronized (socket) {
                    socket.getOutputStream().write(frame.toByteArray());
                }
            } catch (IOException _) {
                // It is gone.
            }
        }

        /** Without a farewell, as when a cable is cut. */
        void cut() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : sockets) socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
