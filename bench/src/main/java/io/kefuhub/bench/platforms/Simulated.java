package io.kefuhub.bench.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.bench.Hub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A platform that {@code kefuhub simulate} plays in a process of its own, driven over HTTP as a person drives its page. Safe
 * for threads.
 */
public final class Simulated implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI address;
    private final Path output;

    private Simulated(Process process, URI address, Path output) {
        this.process = process;
        this.address = address;
        this.output = output;
    }

    /**
     * Starts it; returns when it answers.
     *
     * @param platform {@code wecom} or {@code feishu}
     * @param home of the hub, where its output is kept
     */
    public static Simulated start(Path dist, Path home, String platform) throws IOException {
        var port = freePort();
        var output = Files.createDirectories(home).resolve(platform + ".txt");
        var builder = new ProcessBuilder(
                        dist.resolve("bin/kefuhub").toString(), "simulate", platform, "--port", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putIfAbsent("KEFUHUB_JAVA_HOME", System.getProperty("java.home"));
        var simulated = new Simulated(builder.start(), URI.create("http://127.0.0.1:" + port), output);
        simulated.awaitReady();
        return simulated;
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        var end = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (true) {
            try {
                get("/sim");
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw new IOException("the simulator does not start: " + Files.readString(output), e);
                }
                LockSupport.parkNanos(50_000_000);
            }
        }
    }

    /** Its page. */
    public URI page() {
        return address;
    }

    /** The file for the hub's {@code conf/} by which its channels are there. */
    public String provisioning() throws IOException {
        return get("/sim").at("/setUp/yaml").asText();
    }

    /** What an admin enters into the form of a surface's channel, by setting. */
    public Map<String, String> form(String surface) throws IOException {
        for (var form : get("/sim").at("/setUp/forms")) {
            if (!form.path("surface").asText().equals(surface)) continue;
            return JSON.convertValue(
                    form.path("fields"), JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class));
        }
        throw new IOException("there is no surface " + surface);
    }

    /** Says where the hub is called for a surface. */
    public void calls(String surface, Hub hub, String channel) throws IOException {
        send(
                "PUT",
                "/sim/callbacks/" + surface,
                Map.of("url", hub.url.resolve("/webhooks/" + channel).toString()));
    }

    /** Whether the hub proves itself at that surface, or is connected to it. */
    public boolean verify(String surface) throws IOException {
        return send("POST", "/sim/verify", Map.of("surface", surface))
                .path("accepted")
                .asBoolean();
    }

    /** Everything that happened after a number; waits for something. */
    public JsonNode changes(long after, Duration wait) throws IOException {
        return get("/sim/changes?after=" + after + "&wait=" + wait.toSeconds());
    }

    /** Somebody new; returns the platform's name for them. */
    public String welcome(String surface, String name) throws IOException {
        return send("POST", "/sim/customers", Map.of("surface", surface, "name", name))
                .path("id")
                .asText();
    }

    /** Has a customer say something as the page does; {@code how} holds what else the page may choose. */
    public void says(String surface, String customer, String text, Map<String, ?> how) throws IOException {
        var body = new java.util.HashMap<String, Object>(how);
        body.putAll(Map.of("surface", surface, "customer", customer, "text", text));
        send("POST", "/sim/say", body);
    }

    /** Lets a fault strike so often, at calls whose path has a word in it. */
    public void turnOn(String fault, int times, String only) throws IOException {
        send("PUT", "/sim/faults/" + fault, Map.of("times", times, "only", only, "seconds", 1));
    }

    public void clearFaults() throws IOException {
        send("DELETE", "/sim/faults", Map.of());
    }

    /** Moves its clock, as for a ladder of repeats. */
    public void forward(Duration by) throws IOException {
        send("POST", "/sim/clock", Map.of("forward", by.toString()));
    }

    /** What customers' apps show that is new or different after a number. */
    public List<JsonNode> messages(String surface, long after) throws IOException {
        var all = new ArrayList<JsonNode>();
        get("/sim/messages?surface=" + surface + "&after=" + after).forEach(all::add);
        return all;
    }

    private JsonNode get(String path) throws IOException {
        return answer(HttpRequest.newBuilder(address.resolve(path)).timeout(LIMIT));
    }

    private JsonNode send(String method, String path, Map<String, ?> body) throws IOException {
        return answer(HttpRequest.newBuilder(address.resolve(path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private JsonNode answer(HttpRequest.Builder request) throws IOException {
        try {
            var reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() != 200) throw new IOException(reply.uri() + " answered " + reply.body());
            return JSON.readTree(reply.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        http.shutdownNow();
        http.close();
    }
}
