package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a proxy in front says of its callers, told by {@code KEFUHUB_BEHIND_PROXY} and only then. */
@Timeout(180)
final class BehindProxyIT {
    private static final String TOKEN = "metrics-token-of-the-test";
    private static final Pattern TICKET = Pattern.compile("\"ticket\":\"([^\"]+)\"");
    private static final String CONF = """
            channels:
              wk_small:
                type: web
                title: One for each address
                desk: main
                settings:
                  sessions-per-hour: 2
                  connections-per-address: 1
            """;

    @TempDir
    Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void visitors_have_their_own_addresses_and_tls_and_metrics_ask_for_the_token() throws Exception {
        var token = Files.writeString(folder.resolve("metrics-token"), TOKEN + "\n");
        try (var hub = start(Map.of(
                "KEFUHUB_BEHIND_PROXY", "true",
                "KEFUHUB_PUBLIC_URL", "https://help.example.com",
                "KEFUHUB_METRICS_TOKEN_FILE", token.toString()))) {
            var first = session(hub, "203.0.113.1");
            var second = session(hub, "203.0.113.1");
            assertThat(session(hub, "203.0.113.1").statusCode()).isEqualTo(429);
            var other = session(hub, "203.0.113.2");
            assertThat(first.body()).contains("\"ws\":\"wss://help.example.com/widget/1/wk_small/ws\"");

            var open = socket(hub, "203.0.113.1", first);
            assertThat(refusal(hub, "203.0.113.1", second)).isEqualTo(429);
            socket(hub, "203.0.113.2", other).abort();
            open.abort();

            assertThat(metrics(hub, "Bearer guessed")).isEqualTo(403);
            assertThat(metrics(hub, "Bearer " + TOKEN)).isEqualTo(200);
            assertThat(hub.output()).doesNotContain(TOKEN);
        }
    }

    @Test
    void without_a_proxy_nobody_chooses_an_address() throws Exception {
        try (var hub = start(Map.of())) {
            assertThat(session(hub, "203.0.113.1").statusCode()).isEqualTo(200);
            assertThat(session(hub, "203.0.113.2").statusCode()).isEqualTo(200);
            assertThat(session(hub, "203.0.113.3").statusCode()).isEqualTo(429);
        }
    }

    private UnpackedHub start(Map<String, String> environment) throws Exception {
        var home = folder.resolve("home");
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/small.yaml"), CONF);
        var hub = UnpackedHub.start(UnpackedHub.prepared(), home, environment);
        hub.awaitReady();
        return hub;
    }

    private static HttpResponse<String> session(UnpackedHub hub, String address) {
        return hub.send(HttpRequest.newBuilder(hub.url.resolve("/widget/1/wk_small/session"))
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", "192.0.2.66, " + address)
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "help.example.com")
                .POST(HttpRequest.BodyPublishers.ofString("{\"locale\":\"en\"}"))
                .build());
    }

    private WebSocket socket(UnpackedHub hub, String address, HttpResponse<String> session) {
        var ticket = TICKET.matcher(session.body());
        assertThat(ticket.find()).as(session.body()).isTrue();
        return http.newWebSocketBuilder()
                .subprotocols("hub.widget.1")
                .header("Origin", "https://help.example.com")
                .header("X-Forwarded-For", address)
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "help.example.com")
                .buildAsync(
                        URI.create(hub.url.toString().replaceFirst("^http", "ws") + "/widget/1/wk_small/ws?ticket="
                                + ticket.group(1)),
                        new WebSocket.Listener() {})
                .join();
    }

    private int refusal(UnpackedHub hub, String address, HttpResponse<String> session) {
        try {
            socket(hub, address, session).abort();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException handshake) {
                return handshake.getResponse().statusCode();
            }
            throw e;
        }
    }

    private static int metrics(UnpackedHub hub, String authorization) {
        return hub.send(HttpRequest.newBuilder(hub.url.resolve("/metrics"))
                        .header("X-Forwarded-For", "203.0.113.7")
                        .header("Authorization", authorization)
                        .build())
                .statusCode();
    }
}
