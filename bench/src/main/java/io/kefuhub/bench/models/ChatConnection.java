package io.kefuhub.bench.models;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection that is kept, over which one question is asked after the other. One thread only. */
final class ChatConnection implements AutoCloseable {
    private static final int SILENCE = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[16 * 1024];
    private int words;
    private byte before;

    /** When the first word and the last byte came, in nanoseconds after the question. */
    record Timed(long first, long whole) {}

    ChatConnection(URI address) throws IOException {
        socket = new Socket(address.getHost(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENCE);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Asks and reads the answer to its end; a failure when it is not whole. */
    Timed ask(byte[] request) throws IOException {
        var began = System.nanoTime();
        out.write(request);
        var filled = 0;
        var headEnd = -1;
        while (headEnd < 0) {
            filled += read(filled);
            headEnd = headEnd(filled);
        }
        var head = new String(buffer, 0, headEnd, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        if (!head.startsWith("http/1.1 200")) {
            throw new IOException("refused: " + new String(buffer, 0, filled, StandardCharsets.UTF_8));
        }
        words = 0;
        before = 0;
        var first = count(headEnd, filled) ? System.nanoTime() - began : 0;
        var length = length(head);
        var seen = (long) filled - headEnd;
        var ended = length >= 0 ? seen >= length : endsChunks(filled);
        while (!ended) {
            // The end of the chunks may come in two parts.
            var kept = Math.min(filled, 7);
            System.arraycopy(buffer, filled - kept, buffer, 0, kept);
            var more = read(kept);
            filled = kept + more;
            seen += more;
            if (count(kept, filled) && first == 0) first = System.nanoTime() - began;
            ended = length >= 0 ? seen >= length : endsChunks(filled);
        }
        if (words != ModelServer.PIECES) throw new IOException("an answer of " + words + " words");
        return new Timed(first, System.nanoTime() - began);
    }

    private int read(int at) throws IOException {
        if (at == buffer.length) throw new IOException("a head that is too long");
        var some = in.read(buffer, at, buffer.length - at);
        if (some < 0) throw new EOFException("the connection was closed");
        return some;
    }

    private int headEnd(int filled) {
        for (var at = 3; at < filled; at++) {
            if (buffer[at] == '\n' && buffer[at - 1] == '\r' && buffer[at - 2] == '\n') return at + 1;
        }
        return -1;
    }

    private static long length(String head) {
        var at = head.indexOf("content-length:");
        return at < 0
                ? -1
                : Long.parseLong(head.substring(at + 15, head.indexOf('\r', at)).strip());
    }

    private boolean endsChunks(int filled) {
        return filled >= 5
                && buffer[filled - 1] == '\n'
                && buffer[filled - 2] == '\r'
                && buffer[filled - 3] == '\n'
                && buffer[filled - 4] == '\r'
                && buffer[filled - 5] == '0'
                && (filled == 5 || buffer[filled - 6] == '\n');
    }

    /** Counts words; true once there is one. */
    private boolean count(int from, int to) {
        for (var at = from; at < to; at++) {
            var one = buffer[at];
            if (before == 'w' && one >= '0' && one <= '9') words++;
            before = one;
        }
        return words > 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
