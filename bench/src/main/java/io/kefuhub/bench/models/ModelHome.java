package io.kefuhub.bench.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.bench.Hub;
import io.kefuhub.bench.proof.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** A hub that asks the model server, as an admin sets it up: files, prices, a budget, a token. */
public final class ModelHome {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADMIN = "models.admin";
    private static final String PASSWORD = "asks-many-models-1";

    private ModelHome() {}

    /** The alias that asks with a delay. */
    static String alias(int delay) {
        return "bench-" + delay;
    }

    /** Writes what the hub reads when it starts: one provider, deployment and alias for each delay. */
    public static void prepare(Path dist, Path home, ModelServer models, List<Integer> delays) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("plugins"));
        try (var jars = Files.newDirectoryStream(dist.resolve("plugins-available"), "ai-openai-*.jar")) {
            for (var jar : jars) Files.copy(jar, home.resolve("plugins").resolve(jar.getFileName()));
        }
        var conf = new StringBuilder("people:\n  " + ADMIN + ": {name: Models, roles: [admin], password: " + PASSWORD
                + ", mustChangePassword: false}\nplugins:\n  ai-openai: {allow: {files: true, secrets: true, hosts: [\"127.0.0.1:"
                + models.port() + "\"]}}\nproviders:\n");
        for (var delay : delays) {
            conf.append("  stub-%d: {type: openai-compatible, title: Stub, settings: {address: \"%s\"}}%n"
                    .formatted(delay, models.address(delay)));
        }
        conf.append("deployments:\n");
        for (var delay : delays) {
            conf.append("  stub-%1$d: {provider: stub-%1$d, model: stub, concurrency: 256}%n".formatted(delay));
        }
        conf.append("aliases:\n");
        for (var delay : delays) conf.append("  %s: {deployments: [stub-%d]}%n".formatted(alias(delay), delay));
        conf.append("""
                money:
                  prices:
                    - {provider: openai-compatible, model: stub, currency: CNY, input: 1, output: 2}
                modelRules:
                  customers: {turnsIn30Seconds: 1000000, turnsInAnHour: 100000000}
                  usualDesk: {concurrency: 1024, requestsPerMinute: 100000000, tokensPerMinute: 1000000000}
                """);
        Files.writeString(home.resolve("conf/models.yaml"), conf);
    }

    /** Sets budgets that count and are not reached; gives a token that may ask everything. */
    public static String open(Hub hub) throws IOException {
        try (var console = new Console(hub.url, () -> false, new Random())) {
            console.signIn(ADMIN, PASSWORD);
            for (var period : List.of("day", "month")) {
                must(console.post(
                        "/api/budgets",
                        JSON.valueToTree(
                                Map.of("scope", "desk", "subject", "main", "period", period, "amount", "1000000"))));
            }
            return must(console.post(
                            "/api/tokens", JSON.valueToTree(Map.of("name", "bench", "scopes", List.of("models")))))
                    .path("secret")
                    .asText();
        }
    }

    private static JsonNode must(Console.Reply reply) throws IOException {
        if (reply.status() >= 300) throw new IOException("the hub refused: " + reply.body());
        return reply.body();
    }

    static ChatTarget target(Hub hub, String token, int delay) {
        return new ChatTarget(
                "hub", hub.url, "/v1/chat/completions", alias(delay), Map.of("Authorization", "Bearer " + token));
    }

    /** Returns when nothing is left to be written. */
    static void settle(ModelBooks books) throws Exception {
        var end = System.nanoTime() + 30_000_000_000L;
        while (books.open() > 0 && System.nanoTime() < end) LockSupport.parkNanos(50_000_000);
    }
}
