package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packed hub with its plugin for chat completions, before a provider that does everything wrong that one can do. Each
 * deployment has a fault, and is tried as an admin tries it.
 */
@Timeout(180)
final class BadUpstreamsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "pine cup walnut cedar";
    private static final String QUICK = "firstContent: 700ms, gap: 700ms, whole: 2s";
    private static final String PATIENT = "firstContent: 20s, gap: 20s, whole: 45s";
    private static final Duration CALLED_OFF = Duration.ofMillis(500);
    private static final String BEGINNING = "Hello, this is the beginning of";
    /** Nothing that the demo shop knows is near it. */
    private static final String FAR = "月球上有没有你们的门店呀";

    private static final String NEAR = "昨天买的衣服不喜欢，退货寄回去运费谁承担呀";
    private static final String HALF = "不喜欢的商品，寄回的运费由您承担。";

    /** What customers ask each model. */
    private static final Map<String, String> OF_CUSTOMERS =
            Map.of("told-nothing", FAR, "told-half", NEAR, "told-withheld", FAR, "told-too-long", FAR);

    /** What each deployment is, behind its provider and model. */
    private static final Map<String, String> DEPLOYMENTS = deployments();

    @TempDir
    static Path folder;

    private static BadModelServer server;
    private static OwnCertificate own;
    private static UnpackedHub hub;
    private static HubBooks books;
    private static String cookie = "";
    private static String csrf = "";

    private static Map<String, String> deployments() {
        var all = new LinkedHashMap<String, String>();
        for (var model : List.of(
                "well",
                "usage-missing",
                "usage-everywhere",
                "duplicate",
                "hang-before",
                "hang-after",
                "cut-before",
                "cut-after",
                "error-in-200",
                "broken-json",
                "keep-alive",
                "wait-short",
                "wait-long",
                "no-key",
                "no-money",
                "filtered",
                "too-long",
                "long-line",
                "slow-drip",
                "redirect",
                "once-broken")) {
            all.put(model, QUICK);
        }
        all.put("left-before", PATIENT);
        all.put("left-after", PATIENT);
        OF_CUSTOMERS.keySet().forEach(model -> all.put(model, QUICK));
        return all;
    }

    @BeforeAll
    static void start() throws Exception {
        server = new BadModelServer();
        own = new OwnCertificate(folder);
        faults();
        var unpacked = UnpackedHub.prepared();
        var home = folder.resolve("home");
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("plugins"));
        Files.copy(
                unpacked.resolve("plugins-available/ai-openai-1.0.0.jar"), home.resolve("plugins/ai-openai-1.0.0.jar"));
        Files.writeString(home.resolve("conf/models.yaml"), conf());
        hub = UnpackedHub.start(unpacked, home);
        hub.awaitReady();
        books = new HubBooks(hub.database());
        signIn();
        awaitServing();
        awaitWarm();
    }

    @AfterAll
    static void stop() throws IOException {
        hub.stop();
        server.close();
        own.close();
    }

    private static String conf() {
        var conf = new StringBuilder("""
                people:
                  boss: {name: Boss, roles: [owner], language: en, password: "%s", mustChangePassword: false}
                responders:
                  helper: {type: ai, order: 0, settings: {alias: support, cache: "false"}}
                modelRules:
                  customers: {turnsIn30Seconds: 0, turnsInAnHour: 0}
                money:
                  books: {currency: CNY}
                  budgets:
                    - {scope: hub, period: day, amount: 10}
                  prices:
                    - {provider: "*", model: left-before, currency: CNY, input: 1, output: 2}
                    - {provider: "*", model: left-after, currency: CNY, input: 1, output: 2}
                aliases:
                  left-before: {deployments: [left-before]}
                  left-after: {deployments: [left-after]}
                plugins:
                  ai-openai: {allow: {files: true, secrets: true}}
                providers:
                  bad: {type: openai-compatible, settings: {address: "http://127.0.0.1:%d/v1", key: sk-secret}}
                  secure: {type: openai-compatible, settings: {address: "https://127.0.0.1:%d/v1", key: sk-secret}}
                  own: {type: openai-compatible, settings: {address: "https://127.0.0.1:%d/v1", key: sk-secret}}
                deployments:
                  own-certificate: {provider: own, model: well, unpriced: true}
                  no-tls: {provider: secure, model: well, unpriced: true}
                """.formatted(PASSWORD, server.port(), server.port(), own.port()));
        DEPLOYMENTS.forEach((key, more) -> conf.append("  ")
                .append(key)
                .append(": {provider: bad, unpriced: true, model: ")
                .append(key)
                .append(", ")
                .append(more)
                .append("}\n"));
        return conf.toString();
    }

    private static void faults() {
        var usage = "{\"prompt_tokens\":7,\"completion_tokens\":3}";
        server.plays("well", one -> {
            one.stream();
            one.piece("Hello, ");
            one.piece("what can I do for you?");
            one.data("{\"choices\":[],\"usage\":" + usage + "}");
            one.end();
        });
        server.plays("usage-missing", one -> {
            one.stream();
            one.piece("Hello, what can I do for you?");
            one.end();
        });
        server.plays("usage-everywhere", one -> {
            one.stream();
            one.piece("Hello", "{\"prompt_tokens\":7,\"completion_tokens\":1}");
            one.piece(" there", usage);
            one.end();
        });
        server.plays("duplicate", one -> {
            one.stream();
            one.piece("Hello. ", usage);
            one.piece("Hello. ", usage);
            one.end();
            one.piece("Once more. ", usage);
            one.end();
        });
        server.plays("hang-before", one -> one.left.await());
        server.plays("left-before", one -> one.left.await());
        for (var model : List.of("hang-after", "left-after", "told-nothing")) {
            server.plays(model, one -> {
                one.stream();
                one.piece(BEGINNING);
                one.left.await();
            });
        }
        server.plays("cut-before", one -> {
            one.stream();
            one.data("{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");
        });
        server.plays("cut-after", one -> {
            one.stream();
            one.piece(BEGINNING);
        });
        server.plays("error-in-200", one -> one.answer(200, "", "{\"error\":{\"message\":\"internal\",\"code\":500}}"));
        server.plays("broken-json", one -> {
            one.stream();
            one.data("{\"choices\":[{\"ind");
            one.left.await(2, TimeUnit.SECONDS);
        });
        server.plays("keep-alive", one -> {
            one.stream();
            while (one.left.getCount() > 0) {
                one.raw(": keep-alive\n\n");
                one.left.await(50, TimeUnit.MILLISECONDS);
            }
        });
        var waited = new AtomicInteger();
        server.plays("wait-short", one -> {
            if (waited.getAndIncrement() == 0) one.answer(429, "Retry-After: 1\r\n", "{}");
            else well(one);
        });
        server.plays("wait-long", one -> one.answer(429, "Retry-After: 60\r\n", "{}"));
        server.plays("no-key", one -> one.answer(401, "", "{\"error\":{\"message\":\"wrong key sk-secret\"}}"));
        server.plays("no-money", one -> one.answer(402, "", "{\"error\":{\"message\":\"Insufficient Balance\"}}"));
        server.plays("told-half", one -> {
            one.stream();
            one.piece("{\\\"answer\\\":\\\"" + HALF + "首重大约");
            one.left.await();
        });
        for (var model : List.of("filtered", "told-withheld")) {
            server.plays(model, one -> {
                one.stream();
                one.data("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"content_filter\"}]}");
                one.raw("data: [DONE]\n\n");
            });
        }
        for (var model : List.of("too-long", "told-too-long")) {
            server.plays(
                    model,
                    one -> one.answer(
                            400,
                            "",
                            "{\"error\":{\"message\":\"too many tokens\",\"code\":\"context_length_exceeded\"}}"));
        }
        server.plays("long-line", one -> {
            one.stream();
            one.piece("x".repeat(1_200_000));
            one.end();
        });
        server.plays("slow-drip", one -> {
            one.stream();
            while (one.left.getCount() > 0) {
                one.piece("drip drop drip drop drip ");
                one.left.await(200, TimeUnit.MILLISECONDS);
            }
        });
        server.plays(
                "redirect", one -> one.head(307, "Location: http://elsewhere.invalid/v1\r\nContent-Length: 0\r\n"));
        var broken = new AtomicInteger();
        server.plays("once-broken", one -> {
            if (broken.getAndIncrement() == 0) one.answer(500, "", "{}");
            else well(one);
        });
    }

    private static void well(BadModelServer.Question one) throws IOException {
        one.stream();
        one.piece("Hello, what can I do for you?");
        one.end();
    }

    private static void signIn() throws IOException {
        var answer = hub.send(HttpRequest.newBuilder(hub.url.resolve("/api/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"boss\",\"password\":\"" + PASSWORD + "\"}"))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
        csrf = JSON.readTree(answer.body()).get("csrf").asText();
    }

    private static JsonNode call(String method, String path) throws IOException {
        return call(method, path, "");
    }

    private static JsonNode call(String method, String path, String body) throws IOException {
        var answer = hub.send(HttpRequest.newBuilder(hub.url.resolve(path))
                .header("Cookie", cookie)
                .header("X-CSRF", csrf)
                .header("Content-Type", "application/json")
                .header("Accept-Language", "en")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isLessThan(300);
        return JSON.readTree(answer.body());
    }

    private static JsonNode deployment(String key) throws IOException {
        for (var one : call("GET", "/api/deployments").get("deployments")) {
            if (one.get("key").asText().equals(key)) return one;
        }
        throw new AssertionError("there is no " + key);
    }

    private static void awaitServing() throws IOException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!deployment("no-tls").at("/health/serving").asBoolean()) {
            if (System.nanoTime() - end >= 0) throw new AssertionError("no provider serves: " + hub.output());
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    /** The first call of all loads classes, which may take longer than it is given here. */
    private static void awaitWarm() throws IOException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!test("well").get("answered").asBoolean())
            assertThat(System.nanoTime() - end).isNegative();
    }

    private static JsonNode test(String key) throws IOException {
        return call("POST", "/api/deployments/" + key + "/test");
    }

    private static JsonNode answered(String key) throws IOException {
        var tested = test(key);
        assertThat(tested.get("answered").asBoolean()).as(tested.toString()).isTrue();
        assertThat(tested.get("problem").asText()).isEmpty();
        return tested;
    }

    private static String problem(String key) throws IOException {
        var tested = test(key);
        assertThat(tested.get("answered").asBoolean()).as(tested.toString()).isFalse();
        return tested.get("problem").asText();
    }

    private static void hungUpOn(String model) throws InterruptedException {
        assertThat(server.questions(model)).isNotEmpty();
        for (var question : server.questions(model)) {
            assertThat(question.left.await(10, TimeUnit.SECONDS))
                    .as(model + " was hung up on")
                    .isTrue();
        }
    }

    /** Has a program ask a model that hangs, and hang up; gives how long after that the provider was hung up on. */
    private static Duration hangsUp(String token, String model) throws Exception {
        var number = server.questions(model).size() + 1;
        try (var program = new RawProgram(hub.url, token, model)) {
            var question = server.question(model, number);
            if (model.equals("left-after")) program.awaits(BEGINNING);
            assertThat(books.number("select count(*) from reservation"))
                    .as("kept for the call")
                    .isPositive();

            var hungUp = System.nanoTime();
            program.close();
            return question.leftAfter(hungUp);
        }
    }

    @Test
    void a_program_that_hangs_up_ends_the_call_and_it_is_booked_as_called_off() throws Exception {
        var token = call("POST", "/api/tokens", "{\"name\":\"nightly\",\"scopes\":[\"models\"]}")
                .path("secret")
                .asText();
        for (var model : List.of("left-before", "left-after")) {
            BestOfThree.within(CALLED_OFF, () -> hangsUp(token, model));
            books.balance();
            assertThat(books.counts("""
                            select outcome, count(*) from attempt
                            where deployment = '%s' and assistant = 'nightly' and cost > 0 group by 1""".formatted(model))).isEqualTo(Map.of("cancelled", (long)
                    server.questions(model).size()));
        }
    }

    @Test
    void a_customer_hears_one_end_of_a_turn_whatever_is_wrong() throws Exception {
        var customers = new HashMap<String, Guest>();
        for (var one : OF_CUSTOMERS.entrySet()) {
            call("PUT", "/api/aliases/support", "{\"deployments\":[\"" + one.getKey() + "\"]}");
            var anna = new Guest(hub.url);
            anna.asks(one.getValue());
            customers.put(one.getKey(), anna);
        }

        // Every call is over, so whatever else might be said was said.
        books.balance();
        for (var one : customers.entrySet()) {
            var heard = one.getValue().hears(1);
            assertThat(heard).as("%s: %s", one.getKey(), heard).hasSize(1);
            if (one.getKey().equals("told-half")) assertThat(heard.getFirst()).startsWith(HALF + "\n（回答没有说完");
            else assertThat(heard.getFirst()).contains("人工客服");
            one.getValue().close();
        }
        assertThat(books.counts("""
                        select mode, count(*) from conversation where id in
                        (select conversation_id from message where parts::text like '%%%s%%') group by 1""".formatted(FAR))).isEqualTo(Map.of("WAITING", 3L));
    }

    @Test
    void one_that_works_answers_and_its_tokens_are_known() throws Exception {
        var tested = answered("well");

        assertThat(tested.get("text").asText()).isEqualTo("Hello, what can I do for you?");
        assertThat(tested.get("reported").asBoolean()).isTrue();
        assertThat(tested.get("inputTokens").asInt()).isEqualTo(7);
        assertThat(tested.get("outputTokens").asInt()).isEqualTo(3);
        assertThat(tested.get("wholeMs").asInt()).isPositive();
    }

    @Test
    void usage_is_estimated_where_none_comes_and_the_last_one_counts_where_many_come() throws Exception {
        var missing = answered("usage-missing");
        assertThat(missing.get("reported").asBoolean()).isFalse();
        assertThat(missing.get("inputTokens").asInt()).isPositive();
        assertThat(missing.get("outputTokens").asInt()).isPositive();

        var everywhere = answered("usage-everywhere");
        assertThat(everywhere.get("reported").asBoolean()).isTrue();
        assertThat(everywhere.get("outputTokens").asInt()).isEqualTo(3);
        assertThat(everywhere.get("text").asText()).isEqualTo("Hello there");

        var duplicate = answered("duplicate");
        assertThat(duplicate.get("outputTokens").asInt()).isEqualTo(3);
        assertThat(duplicate.get("text").asText()).isEqualTo("Hello. Hello. ");
    }

    @Test
    void who_hangs_is_hung_up_on_before_and_after_the_first_words() throws Exception {
        assertThat(problem("hang-before")).contains("timed-out", "no text in time");
        hungUpOn("hang-before");
        assertThat(problem("hang-after")).contains("broke off");
        assertThat(server.questions("hang-after")).hasSize(1);
        hungUpOn("hang-after");
        assertThat(problem("keep-alive")).contains("timed-out");
        hungUpOn("keep-alive");
        assertThat(problem("slow-drip")).contains("broke off");
        hungUpOn("slow-drip");
    }

    @Test
    void what_breaks_is_tried_once_more_unless_something_was_shown() throws Exception {
        assertThat(problem("cut-before")).contains("broken");
        assertThat(server.questions("cut-before")).hasSize(2);
        assertThat(problem("cut-after")).contains("broke off");
        assertThat(server.questions("cut-after")).hasSize(1);
        answered("once-broken");
        assertThat(server.questions("once-broken")).hasSize(2);
    }

    @Test
    void what_cannot_be_read_is_told_as_broken() throws Exception {
        assertThat(problem("error-in-200")).contains("broken");
        assertThat(problem("broken-json")).contains("broken");
        assertThat(problem("long-line")).contains("broken");
    }

    @Test
    void a_short_pause_is_waited_for_and_a_long_one_is_kept_to() throws Exception {
        answered("wait-short");
        assertThat(server.questions("wait-short")).hasSize(2);
        assertThat(problem("wait-long")).contains("rate-limited");
        assertThat(deployment("wait-long").at("/health/cooling").asBoolean()).isTrue();
        problem("wait-long");
        assertThat(server.questions("wait-long")).hasSize(1);
    }

    @Test
    void a_refused_key_and_an_empty_account_switch_a_deployment_off_and_show_no_secret() throws Exception {
        assertThat(problem("no-key")).contains("credentials-refused").doesNotContain("sk-secret");
        assertThat(deployment("no-key").at("/off/reason").asText()).isEqualTo("credentials");
        assertThat(problem("no-money")).contains("no-balance");
        assertThat(deployment("no-money").at("/off/reason").asText()).isEqualTo("balance");
        assertThat(call("GET", "/api/audit?subject=deployment:no-key").toString())
                .contains("deployment.off");
        assertThat(hub.output()).doesNotContain("sk-secret");

        server.plays("no-money", BadUpstreamsIT::well);
        answered("no-money");
        assertThat(deployment("no-money").has("off")).isFalse();
    }

    @Test
    void what_is_withheld_or_too_long_is_told_as_that() throws Exception {
        assertThat(problem("filtered")).contains("withheld");
        assertThat(problem("too-long")).contains("does not fit");
        assertThat(server.questions("filtered")).hasSize(1);
    }

    @Test
    void nothing_follows_to_another_host_or_without_a_secure_connection() throws Exception {
        assertThat(problem("redirect")).contains("elsewhere.invalid");
        var before = System.nanoTime();
        var insecure = test("no-tls");
        // Each of two calls waits for the handshake, and no longer.
        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(8));
        assertThat(insecure.get("answered").asBoolean()).isFalse();
        assertThat(insecure.get("problem").asText()).contains("no secure connection in time");
        assertThat(insecure.get("cost").asInt()).isZero();

        assertThat(problem("own-certificate")).contains("no secure connection: its certificate is not trusted");
        assertThat(own.spokenTo).hasValue(0);
    }
}
