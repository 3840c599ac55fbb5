package io.kefuhub.core.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers one call with a first piece, and with the others when told to. */
final class LineServer implements AutoCloseable {
    private final ServerSocket socket;
    private final CountDownLatch gone = new CountDownLatch(1);

    LineServer(List<String> pieces, CountDownLatch goOn) throws IOException {
        socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> serve(pieces, goOn));
    }

    int port() {
        return socket.getLocalPort();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port() + "/stream");
    }

    private void serve(List<String> pieces, CountDownLatch goOn) {
        try (Socket caller = socket.accept()) {
            var reader = Thread.ofVirtual().start(() -> readToTheEnd(caller));
            write(caller, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
            write(caller, pieces.getFirst());
            while (reader.isAlive() && !goOn.await(10, TimeUnit.MILLISECONDS)) Thread.onSpinWait();
            if (!reader.isAlive()) return;
            for (var piece : pieces.subList(1, pieces.size())) write(caller, piece);
        } catch (IOException _) {
            gone.countDown();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void readToTheEnd(Socket caller) {
        try {
            while (caller.getInputStream().read() >= 0) Thread.onSpinWait();
        } catch (IOException _) {
            // gone as well
        }
        gone.countDown();
    }

    private static void write(Socket caller, String text) throws IOException {
        caller.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        caller.getOutputStream().flush();
    }

    /** Says whether the caller has closed its side, waiting for it at most 10 s. */
    boolean awaitGone() throws InterruptedException {
        return gone.await(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
