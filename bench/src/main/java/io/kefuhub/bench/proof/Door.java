package io.kefuhub.bench.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.bench.Event;
import io.kefuhub.bench.JsonWire;
import io.kefuhub.bench.RawSocket;
import io.kefuhub.bench.Told;
import io.kefuhub.bench.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The web chat's door: sessions, sockets and history. Safe for threads. */
final class Door implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHANNEL = "/widget/1/wk_demo";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PAGE = 500;

    private final URI hub;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    Door(URI hub) {
        this.hub = hub;
    }

    /** @param conversation empty before there is one */
    record Session(String token, String ticket, String conversation, long lastSeq) {}

    /**
     * Opens a session, or goes on with one.
     *
     * @param token empty for a new visitor
     * @return empty when the hub does not know the token
     * @throws IOException when the hub cannot answer now
     */
    Optional<Session> session(String token) throws IOException {
        var body = JSON.createObjectNode().put("locale", "zh-CN");
        if (!token.isEmpty()) body.put("token", token);
        var reply = send(HttpRequest.newBuilder(hub.resolve(CHANNEL + "/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        if (reply.statusCode() == 401) return Optional.empty();
        var session = read(reply);
        var conversation = session.path("conversation");
        return Optional.of(new Session(
                session.path("token").asText(),
                session.path("ticket").asText(),
                conversation.path("id").asText(),
                conversation.path("lastSeq").asLong()));
    }

    RawSocket socket(Session session, Wire wire) throws IOException {
        return RawSocket.open(hub.resolve(CHANNEL + "/ws?ticket=" + session.ticket()), wire.subprotocol());
    }

    /** Everything that happened, page by page. */
    List<Event> history(String token) throws IOException {
        var events = new ArrayList<Event>();
        for (var more = true; more; ) {
            var after = events.isEmpty() ? 0 : events.getLast().seq();
            var page =
                    read(send(HttpRequest.newBuilder(hub.resolve(CHANNEL + "/events?after=" + after + "&limit=" + PAGE))
                            .header("Authorization", "Bearer " + token)));
            for (var event : page.path("events")) {
                if (JsonWire.told(event) instanceof Told.Happened(var happened)) events.add(happened);
            }
            more = page.path("more").asBoolean();
        }
        return events;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(HttpResponse<String> reply) throws IOException {
        if (reply.statusCode() >= 500) throw new IOException(reply.statusCode() + " " + reply.body());
        if (reply.statusCode() != 200) throw new Broken("the hub refused: " + reply.statusCode() + " " + reply.body());
        return JSON.readTree(reply.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
