package io.kefuhub.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** The client's side of one web socket (RFC 6455), as small as it can be. One thread reads, one at a time writes. */
public final class RawSocket implements AutoCloseable {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0x8a;
    /** Milliseconds without a frame after which the connection counts as dead. */
    private static final int SILENCE = 60_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(SILENCE);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1024));
        out = socket.getOutputStream();
    }

    public static RawSocket open(URI address, String subprotocol) throws IOException {
        var opened = new RawSocket(new Socket(address.getHost(), address.getPort()));
        try {
            opened.socket.setTcpNoDelay(true);
            opened.shakeHands(address, subprotocol);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    private void shakeHands(URI address, String subprotocol) throws IOException {
        var key = new byte[16];
        ThreadLocalRandom.current().nextBytes(key);
        out.write(("GET " + address.getRawPath() + "?" + address.getRawQuery() + " HTTP/1.1\r\nHost: "
                        + address.getAuthority() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                        + Base64.getEncoder().encodeToString(key) + "\r\nSec-WebSocket-Protocol: " + subprotocol
                        + "\r\n\r\n")
                .getBytes(US_ASCII));
        var status = line();
        if (!status.contains(" 101")) throw new IOException("the hub refused a socket: " + status);
        while (!line().isEmpty()) {}
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var one = in.readByte(); one != '\n'; one = in.readByte()) {
            if (one != '\r') line.append((char) one);
        }
        return line.toString();
    }

    public void send(byte[] payload, boolean binary) throws IOException {
        write(binary ? BINARY : TEXT, payload);
    }

    private synchronized void write(int head, byte[] payload) throws IOException {
        var length = payload.length;
        var start = length < 126 ? 6 : 8;
        var frame = new byte[start + length];
        frame[0] = (byte) head;
        if (length < 126) {
            frame[1] = (byte) (0x80 | length);
        } else {
            frame[1] = (byte) (0x80 | 126);
            frame[2] = (byte) (length >>> 8);
            frame[3] = (byte) length;
        }
        var mask = ThreadLocalRandom.current().nextInt();
        for (var i = 0; i < 4; i++) frame[start - 4 + i] = (byte) (mask >>> (24 - 8 * i));
        for (var i = 0; i < length; i++) frame[start + i] = (byte) (payload[i] ^ frame[start - 4 + (i & 3)]);
        out.write(frame);
    }

    /** The next message; answers pings of the protocol below by itself. */
    public byte[] read() throws IOException {
        while (true) {
            var kind = in.readUnsignedByte() & 0xf;
            var length = (long) in.readUnsignedByte();
            if (length == 126) length = in.readUnsignedShort();
            else if (length == 127) length = in.readLong();
            var payload = new byte[(int) length];
            in.readFully(payload);
            if (kind == PING) write(PONG, payload);
            else if (kind == CLOSE) throw new EOFException("the hub closed the socket: " + reason(payload));
            else return payload;
        }
    }

    private static String reason(byte[] payload) {
        if (payload.length < 2) return "without a reason";
        return ((payload[0] & 0xff) << 8 | payload[1] & 0xff) + " "
                + new String(payload, 2, payload.length - 2, US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
