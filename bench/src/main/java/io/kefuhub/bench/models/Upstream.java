package io.kefuhub.bench.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** A provider of chat completions over HTTP that is well, or down in one of three ways. */
final class Upstream implements AutoCloseable {
    private static final long ANSWERS_AFTER = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String ANSWER = """
            data: {"choices":[{"index":0,"delta":{"content":"Your parcel is on its way to you."}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":40,"completion_tokens":9}}

            data: [DONE]

            """;

    /** How it is. */
    enum State {
        WELL,
        /** Answers everything with 503. */
        OVERLOADED,
        /** Takes every question and says nothing. */
        SILENT,
        /** Takes no connection. */
        GONE
    }

    private final int port;
    private final LongAdder questions = new LongAdder();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile State state = State.WELL;
    private volatile CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    Upstream() throws IOException {
        server = open(0);
        port = server.getAddress().getPort();
    }

    private HttpServer open(int wanted) throws IOException {
        var opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 1_000);
        opened.setExecutor(threads);
        opened.createContext("/v1/models", exchange -> answer(exchange, false));
        opened.createContext("/v1/chat/completions", exchange -> answer(exchange, true));
        opened.start();
        return opened;
    }

    int port() {
        return port;
    }

    long questions() {
        return questions.sum();
    }

    /** Is like this from now on; what was kept waiting ends. */
    void become(State next) throws IOException {
        var before = state;
        state = next;
        over.countDown();
        over = new CountDownLatch(1);
        if (next == State.GONE) server.stop(0);
        else if (before == State.GONE) server = open(port);
    }

    private void answer(HttpExchange exchange, boolean isQuestion) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (isQuestion) questions.increment();
            switch (state) {
                case WELL -> well(exchange, isQuestion);
                case OVERLOADED -> exchange.sendResponseHeaders(503, -1);
                case SILENT -> over.await();
                case GONE -> {}
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void well(HttpExchange exchange, boolean isQuestion) throws IOException {
        if (isQuestion) LockSupport.parkNanos(ANSWERS_AFTER);
        var body = (isQuestion ? ANSWER : "{\"object\":\"list\",\"data\":[]}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", isQuestion ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
