package io.kefuhub.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Calls a simulator as a hub or a test in another process would. */
public final class Remote implements AutoCloseable {
    public final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    public Remote(URI address) {
        this.address = address;
    }

    public HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(20))
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return Json.MAPPER.readTree(send("GET", path, "").body());
    }

    public JsonNode post(String path, String body) throws IOException, InterruptedException {
        return Json.MAPPER.readTree(send("POST", path, body).body());
    }

    public JsonNode put(String path, String body) throws IOException, InterruptedException {
        return Json.MAPPER.readTree(send("PUT", path, body).body());
    }

    /** Looks until it is so, for at most ten seconds. */
    public static <T> T until(Supplier<T> look, Predicate<T> so) {
        var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            var seen = look.get();
            if (so.test(seen)) return seen;
            if (System.nanoTime() > end) throw new AssertionError("not within ten seconds; last seen: " + seen);
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
