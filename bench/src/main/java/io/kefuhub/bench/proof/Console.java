package io.kefuhub.bench.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * The agents' REST API as a console calls it: signed in once, with the session's cookie and token for ever after. Safe for
 * threads once it is signed in.
 */
public final class Console implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A write waits up to a minute for a database that is away. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private final URI hub;
    private final BooleanSupplier leaving;
    private final Random random;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private volatile String cookie = "";
    private volatile String csrf = "";

    public record Reply(int status, JsonNode body) {}

    private interface Call {
        HttpResponse<String> send() throws IOException;
    }

    /** @param leaving whether nothing needs to be tried again any more */
    public Console(URI hub, BooleanSupplier leaving, Random random) {
        this.hub = hub;
        this.leaving = leaving;
        this.random = random;
    }

    /** Gives the id of the person. */
    public String signIn(String name, String password) throws IOException {
        var body = JSON.createObjectNode().put("name", name).put("password", password);
        var reply = certainly(() -> send(request("/api/session").POST(json(body))));
        var session = JSON.readTree(reply.body());
        if (reply.statusCode() != 200) throw new Broken("cannot sign in: " + reply.body());
        cookie = reply.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        csrf = session.path("csrf").asText();
        return session.path("person").path("id").asText();
    }

    public Reply get(String path) throws IOException {
        return reply(certainly(() -> send(request(path))));
    }

    /** Posts until there is an answer: what is posted here has the same effect twice as once. */
    public Reply post(String path, JsonNode body) throws IOException {
        return reply(certainly(() -> send(request(path).header("X-CSRF", csrf).POST(json(body)))));
    }

    /** Puts until there is an answer: what is put has the same effect twice as once. */
    public Reply put(String path, JsonNode body) throws IOException {
        return reply(certainly(() -> send(request(path).header("X-CSRF", csrf).PUT(json(body)))));
    }

    /** Opens a stream that is at no place in particular. */
    public News follow(String path) throws IOException {
        return open(request(path));
    }

    /**
     * Opens the stream of the desk.
     *
     * @param last the place in it that is known; empty for a new one
     */
    News stream(String query, String last) throws IOException {
        var request = request("/api/stream" + query);
        if (!last.isEmpty()) request.header("Last-Event-ID", last);
        return open(request);
    }

    private News open(HttpRequest.Builder request) throws IOException {
        try {
            var reply = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (reply.statusCode() == 200) return new News(reply.body());
            reply.body().close();
            if (reply.statusCode() >= 500) throw new IOException("no stream: " + reply.statusCode());
            throw new Broken("the hub refused the stream " + reply.uri() + " with " + reply.statusCode());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> certainly(Call call) throws IOException {
        var backoff = new Backoff(random);
        while (true) {
            try {
                var reply = call.send();
                if (reply.statusCode() < 500 && reply.statusCode() != 429) return reply;
                if (leaving.getAsBoolean()) throw new IOException("leaving after " + reply.statusCode());
            } catch (IOException e) {
                if (leaving.getAsBoolean()) throw e;
            }
            backoff.pause();
        }
    }

    private static Reply reply(HttpResponse<String> reply) throws IOException {
        if (reply.statusCode() == 401) throw new Broken("the hub does not know the agent's session any more");
        return new Reply(reply.statusCode(), JSON.readTree(reply.body().isEmpty() ? "{}" : reply.body()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(hub.resolve(path)).header("Content-Type", "application/json");
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private static HttpRequest.BodyPublisher json(JsonNode body) {
        return HttpRequest.BodyPublishers.ofString(body.toString());
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
