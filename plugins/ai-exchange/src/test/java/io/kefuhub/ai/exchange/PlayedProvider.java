package io.kefuhub.ai.exchange;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server on this machine that answers what a test laid ready, in that order, and keeps what it was asked. */
public final class PlayedProvider implements AutoCloseable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final BlockingQueue<Part> ready = new LinkedBlockingQueue<>();
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final CountDownLatch left = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /** How an answer goes over the wire. */
    enum Manner {
        WHOLE,
        /** Every byte alone. */
        BYTES,
        /** The connection is closed before the end. */
        CUT,
        /** The connection stays open, with a comment now and then, until the caller leaves. */
        HELD,
        /** Nothing comes at all. */
        SILENT
    }

    private record Part(Golden golden, Manner manner) {}

    /** What was asked. */
    public record Question(String method, String path, Headers headers, String body) {
        public JsonObject json() {
            return Json.object(body).orElseThrow();
        }
    }

    public PlayedProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public PlayedProvider lay(Golden golden) {
        return lay(golden, Manner.WHOLE);
    }

    PlayedProvider lay(Golden golden, Manner manner) {
        ready.add(new Part(golden, manner));
        return this;
    }

    public List<Question> questions() {
        return List.copyOf(questions);
    }

    public Question question() {
        return questions.getLast();
    }

    /** Whether the caller of a held answer leaves within the time. */
    boolean isLeft(long millis) throws InterruptedException {
        return left.await(millis, TimeUnit.MILLISECONDS);
    }

    void awaitQuestion() throws InterruptedException {
        if (!arrived.await(10, TimeUnit.SECONDS)) throw new AssertionError("nobody asked");
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        questions.add(new Question(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
        arrived.countDown();
        var part = ready.poll();
        if (part == null) throw new IOException("no answer was laid ready");
        if (part.manner == Manner.SILENT) {
            awaitOver();
            exchange.close();
            return;
        }
        part.golden.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(part.golden.status(), 0);
        try {
            write(exchange, part);
        } finally {
            exchange.close();
        }
    }

    private void write(HttpExchange exchange, Part part) throws IOException {
        var out = exchange.getResponseBody();
        var bytes = part.golden.body().getBytes(StandardCharsets.UTF_8);
        if (part.manner == Manner.BYTES) {
            for (var b : bytes) {
                out.write(b);
                out.flush();
            }
        } else {
            out.write(bytes);
            out.flush();
        }
        switch (part.manner) {
            case WHOLE, BYTES -> out.close();
            case CUT -> throw new IOException("cut, as the test wants it");
            case HELD -> hold(exchange);
            case SILENT -> {}
        }
    }

    private void hold(HttpExchange exchange) {
        try {
            while (over.getCount() > 0) {
                exchange.getResponseBody().write('\n');
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(PAUSE);
            }
        } catch (IOException _) {
            left.countDown();
        }
    }

    private void awaitOver() {
        try {
            over.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
