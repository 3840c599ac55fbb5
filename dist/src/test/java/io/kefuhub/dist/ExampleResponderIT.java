package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.bench.Hub;
import io.kefuhub.bench.JsonWire;
import io.kefuhub.bench.Ledger;
import io.kefuhub.bench.Load;
import io.kefuhub.bench.Visitors;
import io.kefuhub.bench.proof.Console;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example responder takes the place of the built-in ones while customers ask, and leaves it again. */
@Timeout(180)
final class ExampleResponderIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "orders-and-a-model-1";
    private static final String AI = "ai-openai-1.0.0.jar";
    private static final String JAR = "responder-example-1.0.0.jar";
    private static final String ORDER = "我的订单 KH-20260001 到哪里了？";
    private static final String ON_ITS_WAY = "您的订单 KH20260001：on its way。";

    @TempDir
    Path folder;

    private int asked;
    private int handedOver;

    @Test
    void a_responder_that_is_dropped_answers_under_load_and_the_built_in_ones_are_back_when_it_is_removed()
            throws Exception {
        var unpacked = UnpackedHub.unpack(Files.createDirectory(folder.resolve("hub")));
        var home = folder.resolve("home");
        declare(home);
        Files.copy(
                unpacked.resolve("plugins-available").resolve(AI),
                home.resolve("plugins").resolve(AI));
        try (var model = new StubModel();
                var hub = Hub.start(unpacked, home);
                var ledger = new Ledger(hub);
                var load = new Load(new Visitors(hub.url), new JsonWire(), 12, false)) {
            setUp(hub, model);
            var before = ledger.count();
            load.steady(20);
            load.pass(1);
            assertThat(answer(hub.url, ORDER)).doesNotContain("KH20260001：");

            var jar = home.resolve("plugins").resolve(JAR);
            Files.copy(unpacked.resolve("plugins-available").resolve(JAR), jar);
            awaitAnswer(hub.url, true);
            assertThat(answer(hub.url, "你们卖茶叶吗？")).contains(StubModel.ANSWER);
            one_who_asks_for_a_person_ends_the_call(hub, model);
            load.pass(2);
            Files.delete(jar);
            awaitAnswer(hub.url, false);
            load.pass(1);
            load.finish();

            var counts = ledger.count().minus(before);
            // Two questions wait for a person, and one word was said about them.
            var all = new Ledger.Counts(
                    counts.questions() - handedOver,
                    counts.answered(),
                    counts.answers() - 1,
                    counts.distinct() - 1,
                    counts.broken());
            assertThat(all.balances(load.asked() + asked, load.answers() + asked))
                    .as("%s of %d and %d", counts, load.asked(), asked)
                    .isTrue();
            assertThat(ledger.answeredBy("orders")).containsOnlyKeys("1.0.0");
            assertThat(attemptsOf(hub, "orders")).as("calls in the books").isPositive();
            assertThat(openReservations(hub)).isZero();
        }
    }

    private void one_who_asks_for_a_person_ends_the_call(Hub hub, StubModel model)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var token = session(http, hub.url);
            say(http, hub.url, token, StubModel.SILENCE);
            assertThat(model.called.await(20, TimeUnit.SECONDS)).isTrue();

            say(http, hub.url, token, "转人工");
            var asked = System.nanoTime();

            assertThat(model.left.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(3));
            assertThat(awaitBot(http, hub.url, token)).contains("转接人工客服");
            handedOver += 2;
        }
    }

    /** Makes the packed plugin speak to the stub, as an admin does. */
    private static void setUp(Hub hub, StubModel model) throws IOException {
        try (var admin = new Console(hub.url, () -> false, new Random())) {
            admin.signIn("order.admin", PASSWORD);
            awaitOffer(admin, "\"openai\"");
            put(admin, "/api/instances/ai_provider/main", """
                    {"contribution":"openai","settings":{"address":"%s","key":"k","pictures":"false"}}""".formatted(model.address()));
            put(admin, "/api/deployments/main", """
                    {"instance":"main","model":"stub","unpriced":true}""");
            put(admin, "/api/aliases/support", "{\"deployments\":[\"main\"]}");
        }
    }

    /** The plugin is started once the file that allows it was read. */
    private static void awaitOffer(Console admin, String id) throws IOException {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!admin.get("/api/contributions").body().toString().contains(id)) {
            assertThat(System.nanoTime()).as("%s is offered", id).isLessThan(end);
            LockSupport.parkNanos(100_000_000);
        }
    }

    private static void put(Console admin, String path, String body) throws IOException {
        var reply = admin.put(path, JSON.readTree(body));
        assertThat(reply.status()).as(path + " " + reply.body()).isLessThan(300);
    }

    private static long attemptsOf(Hub hub, String assistant) throws SQLException, IOException {
        return number(hub, "select count(*) from attempt where assistant = '" + assistant + "'");
    }

    private static long openReservations(Hub hub) throws SQLException, IOException {
        return number(hub, "select count(*) from reservation");
    }

    private static long number(Hub hub, String query) throws SQLException, IOException {
        try (var connection = hub.database().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void awaitAnswer(URI hub, boolean byExample) throws IOException, InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (answer(hub, ORDER).contains(ON_ITS_WAY) != byExample) {
            assertThat(System.nanoTime()).as("the answerer changes").isLessThan(end);
            LockSupport.parkNanos(100_000_000);
        }
    }

    /** Asks as somebody new, and returns all that there is to see once there is an answer. */
    private String answer(URI hub, String question) throws IOException, InterruptedException {
        asked++;
        try (var http = HttpClient.newHttpClient()) {
            var token = session(http, hub);
            say(http, hub, token, question);
            return awaitBot(http, hub, token);
        }
    }

    private static String session(HttpClient http, URI hub) throws IOException, InterruptedException {
        var session = send(http, request(hub, "session", "").POST(json("{\"locale\":\"zh-CN\"}")));
        var token = Pattern.compile("\"token\":\"([^\"]+)\"").matcher(session);
        assertThat(token.find()).as(session).isTrue();
        return token.group(1);
    }

    private static void say(HttpClient http, URI hub, String token, String text)
            throws IOException, InterruptedException {
        var question =
                "{\"cid\":\"%s\",\"parts\":[{\"type\":\"text\",\"text\":\"%s\"}]}".formatted(UUID.randomUUID(), text);
        send(http, request(hub, "messages", token).POST(json(question)));
    }

    private static String awaitBot(HttpClient http, URI hub, String token) throws IOException, InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            var events = send(http, request(hub, "events?after=0&limit=50", token));
            if (events.contains("\"kind\":\"bot\"")) return events;
            assertThat(System.nanoTime()).as("an answer among " + events).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
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
                people:
                  order.admin: {name: Orders, roles: [admin], password: %s, mustChangePassword: false}
                plugins:
                  ai-openai: {allow: {files: true, secrets: true}}
                responders:
                  orders:
                    type: orders
                    order: 0
                    settings:
                      orders: [KH-20260001 on its way]
                      alias: support
                  faq: {type: faq, order: 1}
                """.formatted(PASSWORD));
    }
}
