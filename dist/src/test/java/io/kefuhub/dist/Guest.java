package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.bench.Event;
import io.kefuhub.bench.JsonWire;
import io.kefuhub.bench.Told;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Somebody new on a web page, who posts what they say and asks again and again what was said to them. */
final class Guest implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI channel;
    private final String token;

    /** At the demo shop. */
    Guest(URI hub) throws IOException, InterruptedException {
        this(hub, "wk_demo");
    }

    /** @param channel the key of a web chat */
    Guest(URI hub, String channel) throws IOException, InterruptedException {
        this.channel = hub.resolve("/widget/1/" + channel + "/");
        token = send(HttpRequest.newBuilder(at("session")).POST(json("{\"locale\":\"zh-CN\"}")))
                .path("token")
                .asText();
        assertThat(token).isNotEmpty();
    }

    /** Returns when it is stored. */
    void says(String text) throws IOException, InterruptedException {
        var body = JSON.createObjectNode().put("cid", UUID.randomUUID().toString());
        body.putArray("parts").addObject().put("type", "text").put("text", text);
        send(authorized("messages").POST(json(body.toString())));
    }

    /** Says something, and gives what is said to it. */
    String asks(String text) throws IOException, InterruptedException {
        var before = hears(0).size();
        says(text);
        return hears(before + 1).get(before);
    }

    /** Waits for as many messages of the bot, and gives what they say, in order. */
    List<String> hears(int count) throws IOException, InterruptedException {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            var events = events();
            var heard = events.stream()
                    .filter(event -> event.isMessageOf("bot"))
                    .map(Event::text)
                    .toList();
            if (heard.size() >= count) return heard;
            assertThat(System.nanoTime() - end)
                    .as("%d answers among %s", count, events)
                    .isNegative();
            LockSupport.parkNanos(20_000_000);
        }
    }

    private List<Event> events() throws IOException, InterruptedException {
        var events = new ArrayList<Event>();
        for (var event : send(authorized("events?after=0&limit=100")).path("events")) {
            if (JsonWire.told(event) instanceof Told.Happened(var happened)) events.add(happened);
        }
        return events;
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var reply = http.send(
                request.header("Content-Type", "application/json").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return JSON.readTree(reply.body());
    }

    private HttpRequest.Builder authorized(String path) {
        return HttpRequest.newBuilder(at(path)).header("Authorization", "Bearer " + token);
    }

    private URI at(String path) {
        return channel.resolve(path);
    }

    private static HttpRequest.BodyPublisher json(String body) {
        return HttpRequest.BodyPublishers.ofString(body);
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
