package io.kefuhub.bench.models;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A server of models that costs as little as it can: it says always the same, whole or streamed as it is asked, after as
 * many milliseconds as its path says: {@code /d50/v1/chat/completions}.
 */
public final class ModelServer implements AutoCloseable {
    /** How many pieces an answer has; piece 3 is {@code w3} and a space. */
    public static final int PIECES = 16;

    private static final String USAGE = "\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":32,\"total_tokens\":72}";
    private static final byte[] WHOLE = whole();
    private static final byte[] STREAM = stream();

    private final ServerSocket server;
    private final LongAdder calls = new LongAdder();
    private volatile Duration longer = Duration.ZERO;

    public ModelServer() throws IOException {
        server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("models").start(this::accept);
    }

    /** Where OpenAI's clients are pointed at. */
    public String address(int delay) {
        return "http://127.0.0.1:" + server.getLocalPort() + "/d" + delay + "/v1";
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Takes so much longer from now on than its path says. */
    public void takesLonger(Duration by) {
        longer = by;
    }

    /** How many questions were answered. */
    public long calls() {
        return calls.sum();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream(), 4096);
            var out = socket.getOutputStream();
            while (true) {
                var first = line(in);
                if (first.isEmpty()) return;
                var body = body(in);
                var delay = TimeUnit.MILLISECONDS.toNanos(delay(first)) + longer.toNanos();
                if (delay > 0 && first.startsWith("POST ")) LockSupport.parkNanos(delay);
                // Whether it is there is asked as well, with a GET.
                if (first.startsWith("POST ")) calls.increment();
                out.write(body.contains("\"stream\":true") ? STREAM : WHOLE);
            }
        } catch (IOException e) {
            // whoever asked has gone
        }
    }

    private static int delay(String first) {
        var from = first.indexOf("/d") + 2;
        return Integer.parseInt(first.substring(from, first.indexOf('/', from)));
    }

    private static String body(InputStream in) throws IOException {
        var length = 0;
        var chunked = false;
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:"))
                length = Integer.parseInt(lower.substring(15).strip());
            if (lower.startsWith("transfer-encoding:")) chunked = true;
        }
        if (!chunked) return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        var body = new StringBuilder();
        for (var size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
            line(in);
        }
        line(in);
        return body.toString();
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder(64);
        for (var one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                if (line.isEmpty()) return "";
                throw new EOFException();
            }
            if (one != '\r') line.append((char) one);
        }
        return line.toString();
    }

    private static byte[] whole() {
        var text = IntStream.range(0, PIECES).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
        var body =
                "{\"id\":\"chatcmpl-stub\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"stub\",\"choices\":[{"
                        + "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + text
                        + "\"},\"finish_reason\":\"stop\"}]," + USAGE + "}";
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] stream() {
        var events = new StringBuilder();
        events.append(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        for (var i = 0; i < PIECES; i++) events.append(chunk("{\"content\":\"w" + i + " \"}", "null"));
        events.append(chunk("{}", "\"stop\""));
        events.append(framed("data: {\"id\":\"chatcmpl-stub\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                + "\"model\":\"stub\",\"choices\":[]," + USAGE + "}\n\n"));
        events.append(framed("data: [DONE]\n\n"));
        return ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n" + events
                        + "0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String chunk(String delta, String finish) {
        return framed(
                "data: {\"id\":\"chatcmpl-stub\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"stub\","
                        + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n");
    }

    private static String framed(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
