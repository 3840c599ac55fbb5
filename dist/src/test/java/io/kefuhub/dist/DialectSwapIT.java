package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.bench.Hub;
import io.kefuhub.bench.JsonWire;
import io.kefuhub.bench.Load;
import io.kefuhub.bench.Visitors;
import io.kefuhub.bench.proof.Console;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The hub's own assistant, and programs, behind the packed plugins of four providers; which one is asked is configuration. */
@Timeout(180)
final class DialectSwapIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "four-ways-to-speak-1";
    private static final Duration CALLED_OFF = Duration.ofMillis(500);

    private static final String DOWN = "down";
    private static final String ORDER = "KH-20260001";
    private static final String NOTED = "好的，已记下订单 " + ORDER + "，还有什么可以帮您？";
    private static final String POSTAGE = "不喜欢的商品，寄回的运费由您承担，首重大约 8 到 12 元。";
    private static final String CANNOT_SAY = "这个需要人工核实。";

    /** Near what the demo shop knows, and not the same. */
    private static final List<String> NEAR = List.of("昨天买的衣服不喜欢，退货寄回去运费谁承担呀", "运费由谁承担，退货的时候", "退货运费要我自己承担多少钱呢，不喜欢的话");

    private static final Pattern PASSAGE =
            Pattern.compile("<passage number=\"(\\d+)\"[^>]*>\\s*退货运费谁出(?s:.)*?</passage>");

    @TempDir
    static Path folder;

    private static StubModel models;
    private static Hub hub;
    private static Console admin;
    private static HubBooks books;

    @BeforeAll
    static void start() throws IOException {
        models = new StubModel(DialectSwapIT::thinks);
        var unpacked = UnpackedHub.prepared();
        var home = folder.resolve("home");
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("plugins"));
        for (var wire : ModelWire.values()) {
            Files.copy(
                    unpacked.resolve("plugins-available").resolve(wire.jar()),
                    home.resolve("plugins").resolve(wire.jar()));
        }
        Files.writeString(home.resolve("conf/models.yaml"), conf());
        MadeDatabase.in(home);
        hub = Hub.start(unpacked, home, UnpackedHub.PATIENT);
        books = new HubBooks(hub);
        admin = new Console(hub.url, () -> false, new Random());
        admin.signIn("wire.admin", PASSWORD);
        for (var wire : ModelWire.values()) awaitServing(wire.key());
        awaitServing(DOWN);
    }

    @AfterAll
    static void stop() {
        admin.close();
        hub.close();
        models.close();
    }

    private static String conf() {
        var plugins = each("  ai-%1$s: {allow: {files: true, secrets: true}}");
        var providers = each("  %1$s: {type: %1$s, settings: {address: \"%2$s\", key: k}}");
        var deployments = each("  %1$s: {provider: %1$s, model: stub}");
        return """
                people:
                  wire.admin: {name: Wire, roles: [admin], password: %s, mustChangePassword: false}
                plugins:
                %s
                providers:
                %s
                  %s: {type: anthropic, settings: {address: "%s", key: k}}
                deployments:
                %s
                  # Another model: those with the same share the questions by chance.
                  %s: {provider: %s, model: stub-that-is-down}
                modelRules:
                  customers: {turnsIn30Seconds: 0, turnsInAnHour: 0}
                money:
                  books: {currency: CNY}
                  prices:
                    - {provider: "*", model: stub, currency: CNY, input: 1, output: 2}
                    - {provider: "*", model: stub-that-is-down, currency: CNY, input: 1, output: 2}
                responders:
                  helper: {type: ai, order: 0, settings: {alias: support, cache: "false"}}
                  faq: {type: faq, order: 1}
                """.formatted(PASSWORD, plugins, providers, DOWN, models.addressOfOneDown(), deployments, DOWN, DOWN);
    }

    private static String each(String line) {
        return Arrays.stream(ModelWire.values())
                .map(wire -> line.formatted(wire.key(), models.address(wire)))
                .collect(Collectors.joining("\n"));
    }

    /** Does what the hub's own instructions ask for, with what it was told and nothing else. */
    private static String thinks(String question, String all) {
        if (question.contains("核实")) return fields(CANNOT_SAY, "answer", true, 0.2, "");
        if (question.contains(ORDER)) return fields(NOTED, "courtesy", false, 1, "");
        if (question.contains("订单号是多少")) {
            return fields(all.contains(ORDER) ? "您的订单号是 " + ORDER + "，对吗？" : "请问是哪个订单？", "question", false, 1, "");
        }
        var passage = PASSAGE.matcher(all);
        return passage.find()
                ? fields(POSTAGE, "answer", false, 0.9, passage.group(1))
                : fields("请问您想了解什么？", "question", false, 1, "");
    }

    private static String fields(String answer, String kind, boolean person, double confidence, String citation) {
        var fields = JSON.createObjectNode()
                .put("answer", answer)
                .put("kind", kind)
                .put("handover", person)
                .put("confidence", confidence);
        var citations = fields.putArray("citations");
        if (!citation.isEmpty()) citations.add(citation);
        return fields.toString();
    }

    private static void awaitServing(String deployment) throws IOException {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            for (var one : admin.get("/api/deployments").body().path("deployments")) {
                if (one.path("key").asText().equals(deployment)
                        && one.at("/health/serving").asBoolean()) return;
            }
            assertThat(System.nanoTime() - end).as(deployment + " serves").isNegative();
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static void asks(String... deployments) throws IOException {
        var body = JSON.createObjectNode();
        Arrays.stream(deployments).forEach(body.putArray("deployments")::add);
        var reply = admin.put("/api/aliases/support", body);
        assertThat(reply.status()).as(reply.body().toString()).isLessThan(300);
    }

    /** A call that failed is booked beside the next, which may be answered first. */
    private static Map<String, Long> awaitBooked(String query) throws Exception {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            var counts = books.counts(query);
            if (!counts.isEmpty() || System.nanoTime() - end >= 0) return counts;
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** On a quick machine the changes are over before many others have asked. */
    private static void awaitAnswers(Load load) {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (load.answers() <= 20) {
            assertThat(System.nanoTime() - end).as("customers are answered").isNegative();
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    void one_conversation_goes_the_same_way_with_every_provider_and_nobody_notices_the_change() throws Exception {
        asks(ModelWire.OPENAI.key());
        try (var visitors = new Visitors(hub.url);
                var load = new Load(visitors, new JsonWire(), 8, false, NEAR)) {
            load.steady(10);
            for (var wire : ModelWire.values()) {
                asks(wire.key());
                converses();
            }
            awaitAnswers(load);
            load.finish();

            assertThat(load.answers()).isEqualTo(load.asked());
        }
        books.noQuestionIsLostOrAnsweredTwice();
        for (var wire : ModelWire.values()) {
            assertThat(books.counts("select deployment, count(*) from attempt where outcome = 'answered' group by 1"))
                    .as("attempts")
                    .hasEntrySatisfying(wire.key(), count -> assertThat(count).isPositive());
            assertThat(books.counts("""
                            select trace -> 'source' ->> 'id', count(*) from message
                            where trace -> 'source' -> 'citations' -> 0 ->> 'title' like '退货运费谁出%' group by 1"""))
                    .as("answers from knowledge")
                    .hasEntrySatisfying(wire.key(), count -> assertThat(count).isPositive());
        }
        books.balance();
    }

    private static void converses() throws Exception {
        try (var anna = new Guest(hub.url)) {
            assertThat(anna.asks("我的订单号是 " + ORDER + "，麻烦先记一下")).isEqualTo(NOTED);
            assertThat(anna.asks(NEAR.getFirst())).isEqualTo(POSTAGE);
            BestOfThree.within(CALLED_OFF, () -> writesOn(anna));
            assertThat(anna.asks("对了，我前面说的订单号是多少来着")).contains(ORDER);
            assertThat(anna.asks("请你们核实一下我这单的退款进度吧")).startsWith(CANNOT_SAY).contains("转接人工");
        }
    }

    /** Says more before a word of an answer is there; gives how long after that the provider was hung up on. */
    private static Duration writesOn(Guest anna) throws IOException, InterruptedException {
        anna.says(StubModel.SILENCE);
        var silent = models.silent();
        var before = System.nanoTime();

        assertThat(anna.asks(NEAR.get(1))).isEqualTo(POSTAGE);
        return silent.leftAfter(before);
    }

    @Test
    void the_next_provider_of_an_alias_answers_when_the_first_is_down() throws Exception {
        for (var next : List.of(ModelWire.GEMINI, ModelWire.OLLAMA)) {
            asks(DOWN, next.key());
            var before = models.asked(next);
            try (var anna = new Guest(hub.url)) {
                anna.says(NEAR.getFirst());
                assertThat(anna.hears(1).getFirst()).isEqualTo(POSTAGE);
            }
            assertThat(models.asked(next)).isEqualTo(before + 1);
        }
        assertThat(awaitBooked("select outcome, count(*) from attempt where deployment = '" + DOWN + "' group by 1"))
                .containsOnlyKeys("overloaded");
        books.balance();
    }

    @Test
    void a_program_is_refused_behind_its_budget_and_stands_in_books_and_audit_under_its_name() throws Exception {
        asks(ModelWire.OPENAI.key());
        must(admin.post("/api/budgets", JSON.readTree("""
                {"scope":"assistant","subject":"nightly","period":"day","amount":"0.00018"}""")));
        var token = must(admin.post("/api/tokens", JSON.readTree("""
                        {"name":"nightly","scopes":["models"],"aliases":["support"]}""")))
                .path("secret")
                .asText();

        // The first may cost 128 and its question, and costs 58; what it leaves of 180 is not enough for a second.
        assertThat(complete(token, "support").statusCode()).isEqualTo(200);
        var asked = models.asked(ModelWire.OPENAI);
        var refused = complete(token, "support");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
        assertThat(JSON.readTree(refused.body()).at("/error/code").asText()).isEqualTo("insufficient_quota");
        assertThat(complete(token, "other").statusCode()).isEqualTo(404);
        assertThat(models.asked(ModelWire.OPENAI)).isEqualTo(asked);
        assertThat(books.counts("""
                        select desk || ' ' || deployment || ' ' || outcome, count(*) from attempt
                        where assistant = 'nightly' and dispatched_at is not null group by 1""")).isEqualTo(Map.of("main openai answered", 1L));
        assertThat(books.number("""
                        select count(*) from audit where action = 'model.asked' and subject in
                        (select 'attempt:' || id from attempt where assistant = 'nightly' and outcome = 'answered')""")).isEqualTo(1);
        books.balance();
    }

    private static HttpResponse<String> complete(String token, String model) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(hub.url.resolve("/v1/chat/completions"))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("""
                                    {"model":"%s","max_tokens":64,"messages":[{"role":"user","content":"Hello?"}]}""".formatted(model)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static JsonNode must(Console.Reply reply) {
        assertThat(reply.status()).as(reply.body().toString()).isLessThan(300);
        return reply.body();
    }
}
