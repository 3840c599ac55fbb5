package io.kefuhub.core.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.Json;
import io.kefuhub.core.web.Schemas;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A console that listens to the live feed. */
final class Console implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Map<String, String> SCHEMAS = Map.of(
            "hello", "StreamHello",
            "inbox", "Summary",
            "counts", "Counts",
            "event", "StreamEvent",
            "typing", "StreamTyping",
            "review", "StreamReview",
            "provisioning", "StreamProvisioning",
            "concerns", "StreamConcerns",
            "reset", "StreamReset",
            "ping", "StreamPing");

    private final InputStream body;
    private final LinkedBlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final List<News> seen = new ArrayList<>();
    private final Thread reader;

    record News(String name, String id, JsonNode data) {}

    Console(Browser browser, String query) throws IOException, InterruptedException {
        var request = browser.request("/api/stream" + query).build();
        var response = browser.client().send(request, BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        body = response.body();
        reader = Thread.ofVirtual().start(this::read);
    }

    /** Waits for news that are as wanted; what came before is passed over. */
    News hears(String name, Predicate<JsonNode> wanted) throws InterruptedException {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            var next = news.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) throw new AssertionError("did not hear " + name + ", but " + seen);
            seen.add(next);
            assertThat(Schemas.check(SCHEMAS.getOrDefault(next.name(), next.name()), next.data()))
                    .isEmpty();
            if (next.name().equals(name) && wanted.test(next.data())) return next;
        }
    }

    News hears(String name) throws InterruptedException {
        return hears(name, data -> true);
    }

    /** Everything that was heard so far. */
    List<News> heard() {
        return seen;
    }

    /** Waits until the hub ends the stream. */
    void isCutOff() throws InterruptedException {
        assertThat(reader.join(LIMIT)).isTrue();
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            var name = "";
            var id = "";
            var data = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) name = line.substring(7);
                if (line.startsWith("id: ")) id = line.substring(4);
                if (line.startsWith("data: ")) data = line.substring(6);
                if (line.isEmpty()) {
                    news.add(new News(name, id, Json.tree(data)));
                    id = "";
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
