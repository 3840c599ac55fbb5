package io.kefuhub.dist;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A provider that speaks chat completions: answers in two pieces, or says nothing until its caller leaves. */
final class StubModel implements AutoCloseable {
    static final String ANSWER = "有的，绿茶和红茶都有。";

    /** Who asks this gets no word of an answer. */
    static final String SILENCE = "请你什么也别说，一直等下去。";

    private static final String PIECE = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n";
    private static final String END = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":9}}\n\ndata: [DONE]\n\n";
    private static final long LOOK = 20_000_000;

    /** Somebody asked for silence. */
    final CountDownLatch called = new CountDownLatch(1);

    /** And hung up. */
    final CountDownLatch left = new CountDownLatch(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    StubModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("GET")) {
                send(exchange, "application/json", "{\"object\":\"list\",\"data\":[{\"id\":\"stub\"}]}");
            } else if (asked.contains(SILENCE) && called.getCount() > 0) {
                called.countDown();
                waitUntilLeft(exchange);
            } else {
                var half = ANSWER.length() / 2;
                var pieces = PIECE.formatted(ANSWER.substring(0, half)) + PIECE.formatted(ANSWER.substring(half));
                send(exchange, "text/event-stream", pieces + END);
            }
        }
    }

    /** Comments are no progress. */
    private void waitUntilLeft(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try {
            while (true) {
                exchange.getResponseBody().write(": keep-alive\n\n".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(LOOK);
            }
        } catch (IOException e) {
            left.countDown();
            throw e;
        }
    }

    private static void send(HttpExchange exchange, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
