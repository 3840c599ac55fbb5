package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Providers of every kind on one port: what is asked is answered in pieces, or not at all until its caller leaves. */
final class StubModel implements AutoCloseable {
    static final String ANSWER = "有的，绿茶和红茶都有。";

    /** Who ends with this gets no word of an answer. */
    static final String SILENCE = "请你什么也别说，一直等下去。";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOWN = "/down";
    private static final String ASKED_BY_HUB = "The customer says:\n";
    private static final int PIECE = 12;
    private static final long LOOK = 20_000_000;

    private final Mind mind;
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
    private final Queue<ModelWire> asked = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Silent> silent = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /** What a model makes of a question. */
    interface Mind {
        /** @param all that it was told, the question too */
        String answer(String question, String all);
    }

    /** A call that gets no word. */
    static final class Silent {
        private final CountDownLatch left = new CountDownLatch(1);
        private volatile long leftAt;

        /** How long after a moment its caller hung up. */
        Duration leftAfter(long moment) throws InterruptedException {
            assertThat(left.await(20, TimeUnit.SECONDS)).as("hung up on").isTrue();
            return Duration.ofNanos(leftAt - moment);
        }
    }

    StubModel() throws IOException {
        this((_, _) -> ANSWER);
    }

    StubModel(Mind mind) throws IOException {
        this.mind = mind;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    String address(ModelWire wire) {
        return address() + wire.path;
    }

    /** Where a provider is there, and overloaded. */
    String addressOfOneDown() {
        return address() + DOWN;
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often it was asked in one way. */
    int asked(ModelWire wire) {
        return Collections.frequency(asked, wire);
    }

    /** All that it was asked, as it came. */
    Collection<String> bodies() {
        return bodies;
    }

    int asked() {
        return asked.size();
    }

    /** Waits for the next call that gets no word. */
    Silent silent() throws InterruptedException {
        var next = silent.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("a call that waits in vain").isNotNull();
        return next;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var path = exchange.getRequestURI().getPath();
            if (path.startsWith(DOWN)) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            var wire = Arrays.stream(ModelWire.values())
                    .filter(one -> path.startsWith(one.path))
                    .findFirst()
                    .orElseThrow();
            if (exchange.getRequestMethod().equals("GET")) send(exchange, "application/json", wire.models);
            else {
                bodies.add(new String(body, StandardCharsets.UTF_8));
                answer(exchange, wire, JSON.readTree(body));
            }
        }
    }

    private void answer(HttpExchange exchange, ModelWire wire, JsonNode request) throws IOException {
        asked.add(wire);
        var said = request.path(wire.said);
        var last = texts(said.path(said.size() - 1));
        var question = last.substring(Math.max(0, last.indexOf(ASKED_BY_HUB)));
        if (question.strip().endsWith(SILENCE)) {
            waitUntilLeft(exchange, wire);
            return;
        }
        var text = mind.answer(question.replace(ASKED_BY_HUB, ""), texts(request));
        var stream = new StringBuilder();
        for (var at = 0; at < text.length(); at += PIECE) {
            stream.append(wire.piece(text.substring(at, Math.min(text.length(), at + PIECE))));
        }
        send(exchange, wire.type(), stream + wire.end());
    }

    /** Every text in it, whatever the fields are called. */
    private static String texts(JsonNode node) {
        if (node.isTextual()) return node.asText();
        return node.properties().stream()
                        .filter(field -> !field.getKey().equals("role")
                                && !field.getKey().equals("type"))
                        .map(field -> texts(field.getValue()))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n"))
                + (node.isArray() ? elements(node) : "");
    }

    private static String elements(JsonNode array) {
        return array.valueStream().map(StubModel::texts).collect(Collectors.joining("\n"));
    }

    private void waitUntilLeft(HttpExchange exchange, ModelWire wire) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", wire.type());
        exchange.sendResponseHeaders(200, 0);
        var call = new Silent();
        silent.add(call);
        try {
            while (true) {
                exchange.getResponseBody().write(wire.idle().getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(LOOK);
            }
        } catch (IOException e) {
            call.leftAt = System.nanoTime();
            call.left.countDown();
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
