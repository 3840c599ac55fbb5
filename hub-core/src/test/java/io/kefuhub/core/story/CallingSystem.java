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
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A system that talks with the hub as the WASM module {@code channel-webhook} does. Safe for threads. */
public final class CallingSystem implements AutoCloseable {
    public static final String SECRET = "shared-secret-2026";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<String>> heard = new ConcurrentHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;

    public CallingSystem() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/replies", exchange -> {
            var reply = JSON.readTree(exchange.getRequestBody());
            var id = reply.path("id").asText();
            heard.computeIfAbsent(reply.path("customer").asText(), _ -> new CopyOnWriteArrayList<>())
                    .add(id);
            var body = "{\"id\":\"seen-%s\"}".formatted(id).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/replies");
    }

    /** Says something to a hub; returns the status of its answer. */
    public int say(int port, String channel, String id, String customer, String text)
            throws IOException, InterruptedException {
        var body = JSON.writeValueAsString(Map.of("id", id, "customer", customer, "name", customer, "text", text));
        var time = String.valueOf(Instant.now().getEpochSecond());
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/webhooks/" + channel))
                .header("X-Time", time)
                .header("X-Signature", "sha256=" + sign(time + "." + body))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String sign(String signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The ids of all replies that reached a customer, in the order they came, with every repeat. */
    public Map<String, List<String>> heard() {
        return Map.copyOf(heard);
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
