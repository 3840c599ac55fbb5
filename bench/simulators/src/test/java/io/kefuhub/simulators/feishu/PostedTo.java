package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An address that events are posted to; it opens and judges them as the platform's documents ask. */
final class PostedTo implements AutoCloseable {
    final List<Got> got = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private volatile Function<Got, Reply> answer = Got::usual;

    /** One request as it came. */
    record Got(String body, String timestamp, String nonce, String signature) {
        private static final Seal SEAL = new Seal(Feishu.HOOKED.encryptKey());

        boolean signed() {
            return signature.equals(SEAL.signature(timestamp, nonce, body.getBytes(StandardCharsets.UTF_8)));
        }

        boolean sealed() {
            return Trees.content(body).has("encrypt");
        }

        JsonNode event() {
            var outer = Trees.content(body);
            if (!outer.has("encrypt")) return outer;
            return Trees.content(new String(SEAL.decrypt(outer.path("encrypt").asText()), StandardCharsets.UTF_8));
        }

        String eventId() {
            return event().path("header").path("event_id").asText();
        }

        String text() {
            var content = event().path("event").path("message").path("content").asText();
            return Trees.content(content).path("text").asText();
        }

        Reply usual() {
            if (!event().path("type").asText().equals("url_verification")) return new Reply(200, "{}");
            return new Reply(
                    200, "{\"challenge\":\"" + event().path("challenge").asText() + "\"}");
        }
    }

    record Reply(int status, String body) {}

    PostedTo() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/x");
    }

    void answers(Function<Got, Reply> next) {
        answer = next;
    }

    void answers(int status, String body) {
        answer = _ -> new Reply(status, body);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var one = new Got(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    String.valueOf(headers.getFirst("X-Lark-Request-Timestamp")),
                    String.valueOf(headers.getFirst("X-Lark-Request-Nonce")),
                    String.valueOf(headers.getFirst("X-Lark-Signature")));
            var reply = answer.apply(one);
            got.add(one);
            var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
