package io.kefuhub.core.gateway;

import io.kefuhub.core.database.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server of models over real sockets. The path says how it behaves: {@code /says/a/b} sends pieces and ends, {@code
 * /late/400} takes so many milliseconds, {@code /silent} never says anything, {@code /half} says one thing and then
 * nothing, {@code /flood} never stops.
 */
final class ModelStub implements AutoCloseable {
    private static final byte[] FLOOD = ("x".repeat(1_000) + "\n").getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private final CompletableFuture<Long> gone = new CompletableFuture<>();

    ModelStub() {
        try {
            server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    int calls() {
        return calls.get();
    }

    /** Bytes of a flood that the other side has taken. */
    long sent() {
        return sent.get();
    }

    void awaitCall() {
        Eventually.holds(() -> calls.get() > 0);
    }

    /** When the first connection was closed by the other side, in nanoseconds. */
    long goneAt() throws Exception {
        return gone.get(20, TimeUnit.SECONDS);
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
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            var path = in.readLine().split(" ")[1].split("/");
            while (!in.readLine().isEmpty()) {}
            calls.incrementAndGet();
            var out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            switch (path[1]) {
                case "says" -> {
                    for (var i = 2; i < path.length; i++) say(out, path[i]);
                    say(out, ".");
                }
                case "late" -> {
                    Thread.sleep(Long.parseLong(path[2]));
                    say(out, "late");
                    say(out, ".");
                }
                case "half" -> {
                    say(out, "half");
                    awaitEnd(in);
                }
                case "flood" -> flood(out);
                default -> awaitEnd(in);
            }
        } catch (IOException e) {
            gone.complete(System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(OutputStream out, String piece) throws IOException {
        out.write((piece + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void awaitEnd(BufferedReader in) throws IOException {
        while (in.readLine() != null) {}
        gone.complete(System.nanoTime());
    }

    private void flood(OutputStream out) throws IOException {
        while (true) {
            out.write(FLOOD);
            sent.addAndGet(FLOOD.length);
        }
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
