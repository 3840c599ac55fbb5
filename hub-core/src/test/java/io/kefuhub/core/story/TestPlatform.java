package io.kefuhub.core.story;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The platform behind {@link TestChannel}: sends what customers say, keeps what the hub says, and fails when told to. */
public final class TestPlatform implements AutoCloseable {
    public static final String SECRET = "platform-secret";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private static final int LOST = 0;

    private final ConcurrentLinkedDeque<Integer> faults = new ConcurrentLinkedDeque<>();
    private final AtomicInteger calls = new AtomicInteger();
    /** By the id the hub gave, which is what a platform tells repeats by. */
    private final Map<String, Heard> heard = new LinkedHashMap<>();

    /**
     * A reply that arrived.
     *
     * @param pieces how many messages the customer sees
     * @param at by {@link System#nanoTime}
     */
    public record Heard(String to, String replyTo, String text, int pieces, long at) {}

    public TestPlatform() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/deliver", exchange -> {
            var node = JSON.readTree(exchange.getRequestBody());
            var fault = faults.poll();
            if (fault == null || fault == LOST)
                keep(
                        node.path("id").asText(),
                        new Heard(
                                node.path("to").asText(),
                                node.path("replyTo").asText(),
                                node.path("text").asText(),
                                node.path("pieces").asInt(),
                                System.nanoTime()));
            calls.incrementAndGet();
            if (fault == null || fault != LOST) exchange.sendResponseHeaders(fault == null ? 200 : fault, 0);
            exchange.close();
        });
        server.start();
    }

    private synchronized void keep(String id, Heard reply) {
        heard.putIfAbsent(id, reply);
        notifyAll();
    }

    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/deliver");
    }

    /** The next replies are answered with these statuses and not kept. */
    public void fail(Integer... statuses) {
        faults.addAll(List.of(statuses));
    }

    /** The next reply is kept, and the connection breaks before its sender hears of it. */
    public void loseNextAnswer() {
        faults.add(LOST);
    }

    /** How often the hub has handed something over, kept or not, repeats among them. */
    public int calls() {
        return calls.get();
    }

    /** Says something to a hub; returns the status of its acknowledgement. */
    public int say(int port, String id, String from, String text) throws IOException, InterruptedException {
        return post(port, JSON.writeValueAsBytes(Map.of("id", id, "from", from, "text", text)), SECRET);
    }

    /** Says something of a customer whom the platform vouches for. */
    public int say(int port, String id, String from, String text, Map<String, String> attributes)
            throws IOException, InterruptedException {
        var body = Map.of("id", id, "from", from, "text", text, "attributes", attributes);
        return post(port, JSON.writeValueAsBytes(body), SECRET);
    }

    /** Says something that the customer had written before. */
    public int sayLate(int port, String id, String from, String text, Instant at)
            throws IOException, InterruptedException {
        var body = Map.of("id", id, "from", from, "text", text, "at", at.toString());
        return post(port, JSON.writeValueAsBytes(body), SECRET);
    }

    /** A customer takes something back that they said, or will be heard to have said. */
    public int takesBack(int port, String id) throws IOException, InterruptedException {
        return post(port, JSON.writeValueAsBytes(Map.of("takesBack", id)), SECRET);
    }

    /** A colleague answers a customer in the platform's own client. */
    public int colleagueSays(int port, String id, String to, String text) throws IOException, InterruptedException {
        return post(
                port, JSON.writeValueAsBytes(Map.of("colleague", "li", "id", id, "from", to, "text", text)), SECRET);
    }

    public int colleagueLeaves(int port, String customer) throws IOException, InterruptedException {
        return post(port, JSON.writeValueAsBytes(Map.of("colleague", "li", "from", customer)), SECRET);
    }

    /** Verifies the address of a channel; returns what came back, or its status where that was no 200. */
    public String verify(int port, String channel, String challenge, String secret)
            throws IOException, InterruptedException {
        var signature = TestChannel.sign(secret, challenge.getBytes(StandardCharsets.UTF_8));
        var address = "http://localhost:" + port + "/webhooks/" + channel + "?challenge=" + challenge + "&signature="
                + signature;
        var request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(20))
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() == 200 ? response.body() : String.valueOf(response.statusCode());
    }

    public int post(int port, byte[] body, String secret) throws IOException, InterruptedException {
        return postTo(port, "test", body, secret);
    }

    public int postTo(int port, String channel, byte[] body, String secret) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/webhooks/" + channel))
                .header("X-Signature", TestChannel.sign(secret, body))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Waits until so many replies have reached a customer; returns them in the order they came. */
    public synchronized List<Heard> await(String customer, int count) throws InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (to(customer).size() < count) {
            var left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) throw new AssertionError("only " + to(customer) + " reached " + customer);
            wait(left);
        }
        return to(customer);
    }

    public synchronized List<Heard> to(String customer) {
        return new ArrayList<>(heard.values().stream()
                .filter(reply -> reply.to().equals(customer))
                .toList());
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
