package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.JsonWire;
import io.kefuhub.bench.Ledger;
import io.kefuhub.bench.Load;
import io.kefuhub.bench.Visitors;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example responder takes the place of the built-in ones while customers ask, and leaves it again. */
@Timeout(180)
final class ExampleResponderIT {
    private static final String JAR = "responder-example-1.0.0.jar";
    private static final String ORDER = "我的订单 KH-20260001 到哪里了？";
    private static final String ON_ITS_WAY = "您的订单 KH20260001：on its way。";

    @TempDir
    Path folder;

    private int asked;

    @Test
    void a_responder_that_is_dropped_answers_under_load_and_the_built_in_ones_are_back_when_it_is_removed()
            throws Exception {
        var unpacked = UnpackedHub.unpack(Files.createDirectory(folder.resolve("hub")));
        var home = folder.resolve("home");
        declare(home);
        try (var hub = Hub.start(unpacked, home);
                var ledger = new Ledger(hub);
                var load = new Load(new Visitors(hub.url), new JsonWire(), 12, false)) {
            var before = ledger.count();
            load.steady(20);
            load.pass(1);
            assertThat(answer(hub.url)).doesNotContain("KH20260001：");

            var jar = home.resolve("plugins").resolve(JAR);
            Files.copy(unpacked.resolve("plugins-available").resolve(JAR), jar);
            awaitAnswer(hub.url, true);
            load.pass(2);
            Files.delete(jar);
            awaitAnswer(hub.url, false);
            load.pass(1);
            load.finish();

            var counts = ledger.count().minus(before);
            assertThat(counts.balances(load.asked() + asked, load.answers() + asked))
                    .as("%s of %d and %d", counts, load.asked(), asked)
                    .isTrue();
            assertThat(ledger.answeredBy("orders")).containsOnlyKeys("1.0.0");
            assertThat(whyItPassed(hub)).isNotBlank();
        }
    }

    /** What its own rules did not know it asked the hub's models, by an alias that is not there. */
    private static String whyItPassed(Hub hub) throws SQLException, IOException {
        try (var connection = hub.database().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select coalesce(passed ->> 'reason', passed ->> 'code') from message, jsonb_array_elements(trace -> 'passed') passed
                        where author = 'BOT' and passed ->> 'responder' = 'orders' limit 1""")) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    private void awaitAnswer(URI hub, boolean byExample) throws IOException, InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (answer(hub).contains(ON_ITS_WAY) != byExample) {
            assertThat(System.nanoTime()).as("the answerer changes").isLessThan(end);
            LockSupport.parkNanos(100_000_000);
        }
    }

    /** Asks as somebody new, and returns all that there is to see once there is an answer. */
    private String answer(URI hub) throws IOException, InterruptedException {
        asked++;
        try (var http = HttpClient.newHttpClient()) {
            var session = send(http, request(hub, "session", "").POST(json("{\"locale\":\"zh-CN\"}")));
            var token = Pattern.compile("\"token\":\"([^\"]+)\"").matcher(session);
            assertThat(token.find()).as(session).isTrue();
            var question = "{\"cid\":\"%s\",\"parts\":[{\"type\":\"text\",\"text\":\"%s\"}]}"
                    .formatted(UUID.randomUUID(), ORDER);
            send(http, request(hub, "messages", token.group(1)).POST(json(question)));
            var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (true) {
                var events = send(http, request(hub, "events?after=0&limit=50", token.group(1)));
                if (events.contains("\"kind\":\"bot\"")) return events;
                assertThat(System.nanoTime()).as("an answer among " + events).isLessThan(end);
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private static String send(HttpClient http, HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static HttpRequest.Builder request(URI hub, String path, String token) {
        var request = HttpRequest.newBuilder(hub.resolve("/widget/1/wk_demo/" + path))
                .header("Content-Type", "application/json");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.BodyPublisher json(String body) {
        return HttpRequest.BodyPublishers.ofString(body);
    }

    private static void declare(Path home) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("plugins"));
        Files.writeString(home.resolve("conf/orders.yaml"), """
                responders:
                  orders:
                    type: orders
                    order: 0
                    settings:
                      orders: [KH-20260001 on its way]
                      alias: support
                  faq: {type: faq, order: 1}
                """);
    }
}
