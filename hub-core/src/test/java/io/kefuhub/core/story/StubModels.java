package io.kefuhub.core.story;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A service that answers chat completions, and remembers where and with what it was asked. Safe for threads. */
public final class StubModels implements AutoCloseable {
    public static final String KEY = "sk-of-the-stub";
    public static final int OUTPUT = 7;

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final String answer;

    /**
     * @param path that it was asked at
     * @param authorization as it came
     * @param body as it came
     */
    public record Asked(String path, String authorization, String body) {}

    /** @param answer to whatever it is asked */
    public StubModels(String answer) throws IOException {
        this.answer = answer;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    public String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void serve(HttpExchange exchange) throws IOException {
        var authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(exchange.getRequestURI().getPath(), authorization, body));
        var isKnown = authorization.equals("Bearer " + KEY);
        var streams = body.contains("\"stream\":true");
        var said = (!isKnown ? "{\"error\":{}}" : streams ? STREAM : WHOLE).formatted(answer, OUTPUT);
        var bytes = said.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(isKnown ? 200 : 401, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static final String STREAM = """
            data: {"choices":[{"delta":{"content":"%s"},"finish_reason":null}]}

            data: {"choices":[{"delta":{},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":%d}}

            data: [DONE]
            """;
    private static final String WHOLE = """
            {"choices":[{"message":{"content":"%s"},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":%d}}""";

    @Override
    public void close() {
        server.stop(0);
    }
}
