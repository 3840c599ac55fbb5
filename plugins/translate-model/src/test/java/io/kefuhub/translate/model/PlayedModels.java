package io.kefuhub.translate.model;

import com.sun.net.httpserver.HttpServer;
import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Models;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of chat completions on this machine, and the models of a hub that asks it. */
final class PlayedModels implements Models, AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<JsonObject> asked = new CopyOnWriteArrayList<>();
    private volatile Play play = PlayedModels::translated;

    /** What a model says to a question. */
    interface Play {
        String answer(JsonObject question) throws IOException;
    }

    PlayedModels() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", exchange -> {
            try (exchange) {
                var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                var question = Json.object(body).orElseThrow();
                asked.add(question);
                var user = question.objects("messages").getLast().text("content", "");
                var answer = play.answer(Json.object(user).orElseThrow());
                var reply = Json.write(Map.of("choices", List.of(Map.of("message", Map.of("content", answer)))))
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, reply.length);
                exchange.getResponseBody().write(reply);
            }
        });
        server.start();
    }

    /** Each text with a word before it. */
    static String translated(JsonObject question) {
        return Json.write(Map.of(
                "translations",
                question.objects("texts").stream()
                        .map(one -> Map.of("id", one.number("id", 0), "text", "译 " + one.text("text", "")))
                        .toList()));
    }

    void plays(Play other) {
        play = other;
    }

    List<JsonObject> asked() {
        return asked;
    }

    @Override
    public ModelAnswer ask(String alias, String system, List<AiRequest.Turn> messages, AiSink sink, Cancel cancel) {
        var body = Json.write(Map.of(
                "model",
                alias,
                "messages",
                List.of(
                        Map.of("role", "system", "content", system),
                        Map.of("role", "user", "content", messages.getLast().text()))));
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/chat/completions"))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var reply = client.send(request, HttpResponse.BodyHandlers.ofString());
            return Json.object(reply.body())
                    .flatMap(answer -> answer.objects("choices").getFirst().object("message"))
                    .flatMap(message -> message.text("content"))
                    .<ModelAnswer>map(text -> new ModelAnswer.Answered(text, "m"))
                    .orElseGet(() -> new ModelAnswer.Unavailable("the models failed"));
        } catch (IOException e) {
            return new ModelAnswer.Unavailable("the models failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ModelAnswer.Unavailable("it was called off");
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
        threads.shutdownNow();
    }
}
