package io.kefuhub.core;

import io.kefuhub.core.config.HubConfig;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A hub's day in some seconds, in a folder that is thrown away: it starts with the demo shop and a WASM module, shows its
 * pages, and answers some customers. {@code kefuhub prepare} has the Java machine write down what it loads and runs meanwhile.
 */
final class Rehearsal {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String SHOP = "/widget/1/wk_demo/";
    private static final String MODULE = "mask-phone-numbers.wasm";
    private static final int CUSTOMERS = 5;
    private static final int QUESTIONS = 5;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI hub;

    private Rehearsal(URI hub) {
        this.hub = hub;
    }

    /**
     * @param home an empty folder
     * @param bundled the plugins that come with the hub; the modules lie beside them
     * @throws IOException when anything of the day fails
     */
    static void play(Path home, Path bundled) throws IOException, InterruptedException {
        HeadStart.take();
        var module = bundled.resolveSibling("wasm-plugins")
                .resolve("mask-phone-numbers")
                .resolve(MODULE);
        Files.copy(module, Files.createDirectories(home.resolve("wasm")).resolve(MODULE));
        // Nothing else of the environment: a server that is configured for the hub is not touched.
        var environment = Map.of("KEFUHUB_HOME", home.toString(), "KEFUHUB_PORT", "0", "KEFUHUB_DEMO", "true");
        try (var hub =
                Hub.start(HubSetup.of(HubConfig.from(environment), Optional.of(bundled), environment, _ -> {}))) {
            new Rehearsal(URI.create("http://127.0.0.1:" + hub.port())).day();
        }
    }

    private void day() throws IOException, InterruptedException {
        for (var page : new String[] {"/readyz", "/console", "/metrics", "/widget.js", "/chat", SHOP + "frame"}) {
            ok(HttpRequest.newBuilder(hub.resolve(page)));
        }
        for (var customer = 0; customer < CUSTOMERS; customer++) {
            var session = ok(HttpRequest.newBuilder(hub.resolve(SHOP + "session"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"locale\":\"zh-CN\"}")));
            var token = Json.tree(session).path("token").asText();
            for (var question = 1; question <= QUESTIONS; question++) {
                ask(token, "怎么退货");
                awaitAnswers(token, question);
            }
        }
    }

    private void ask(String token, String question) throws IOException, InterruptedException {
        var body = Map.of(
                "cid", UUID.randomUUID().toString(), "parts", new Object[] {Map.of("type", "text", "text", question)});
        ok(as(token, "messages")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.text(body))));
    }

    private void awaitAnswers(String token, int atLeast) throws IOException, InterruptedException {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            var answers = 0;
            for (var event : Json.tree(ok(as(token, "events?after=0"))).path("events")) {
                if (event.path("message").path("author").path("kind").asText().equals("bot")) answers++;
            }
            if (answers >= atLeast) return;
            if (System.nanoTime() - end > 0) throw new IOException("no answer came within " + LIMIT.toSeconds() + " s");
        }
    }

    private HttpRequest.Builder as(String token, String path) {
        return HttpRequest.newBuilder(hub.resolve(SHOP + path)).header("Authorization", "Bearer " + token);
    }

    private String ok(HttpRequest.Builder request) throws IOException, InterruptedException {
        var asked = request.timeout(LIMIT).build();
        var reply = http.send(asked, BodyHandlers.ofString());
        if (reply.statusCode() >= 400) {
            throw new IOException(asked.uri().getPath() + " was answered with " + reply.statusCode());
        }
        return reply.body();
    }
}
