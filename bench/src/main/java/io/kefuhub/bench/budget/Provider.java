package io.kefuhub.bench.budget;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * A server that answers like a model, with nothing but how many tokens it counted: {@code /IN/OUT} says so. Safe for
 * threads.
 */
final class Provider implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final HttpServer server;

    /** What it says it has counted. */
    record Counted(long input, long output) {}

    Provider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Provider::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().split("/");
        var usage = "%s %s".formatted(path[1], path[2]).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, usage.length);
        try (var body = exchange.getResponseBody()) {
            body.write(usage);
        }
    }

    /** Asks the server at an address. */
    static Counted ask(String address, long input, long output) {
        try {
            var request = HttpRequest.newBuilder(URI.create(address + "/" + input + "/" + output))
                    .build();
            var words = CLIENT.send(request, BodyHandlers.ofString()).body().split(" ");
            return new Counted(Long.parseLong(words[0]), Long.parseLong(words[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
