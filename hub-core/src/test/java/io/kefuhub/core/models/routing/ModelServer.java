package io.kefuhub.core.models.routing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of models over real HTTP; each model plays what the test says. */
public final class ModelServer implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Play> plays = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** What a model does with a question. */
    public interface Play {
        void answer(Call call) throws IOException, InterruptedException;
    }

    /** One question. */
    public static final class Call {
        final String model;
        public final String body;
        final long at = System.nanoTime();
        final CountDownLatch left = new CountDownLatch(1);
        private final HttpExchange exchange;
        private boolean begun;

        private Call(String model, HttpExchange exchange) throws IOException {
            this.model = model;
            this.exchange = exchange;
            this.body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        }

        public void status(int status, String... headers) throws IOException {
            for (var i = 0; i < headers.length; i += 2)
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            begun = true;
            exchange.sendResponseHeaders(status, status == 200 ? 0 : -1);
        }

        public void line(String line) throws IOException {
            if (!begun) status(200);
            exchange.getResponseBody().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }

        /** Writes blank lines until the other side has gone. */
        public void hang() throws InterruptedException {
            try {
                while (true) {
                    line("");
                    Thread.sleep(5);
                }
            } catch (IOException e) {
                left.countDown();
            }
        }
    }

    public ModelServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        var call = new Call(exchange.getRequestURI().getPath().substring(1), exchange);
        calls.add(call);
        try (exchange) {
            plays.getOrDefault(call.model, one -> one.status(404)).answer(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void plays(String model, Play play) {
        plays.put(model, play);
    }

    /** Plays an answer with usage. */
    public static Play saying(String... pieces) {
        return call -> {
            for (var piece : pieces) call.line("t:" + piece);
            call.line("u:100,10");
            call.line("end");
        };
    }

    public static Play failing(int status, String... headers) {
        return call -> call.status(status, headers);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Call> calls() {
        return calls;
    }

    public List<Call> calls(String model) {
        return calls.stream().filter(call -> call.model.equals(model)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
