package io.kefuhub.core.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.DatabaseAwayException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebServerTest {
    private static final Map<String, Caller> SESSIONS = Map.of(
            "agent", caller(Role.AGENT, false),
            "auditor", caller(Role.AUDITOR, false),
            "owner", caller(Role.OWNER, false),
            "new", caller(Role.OWNER, true));

    record Greeting(String name, Optional<Integer> times, List<Inner> inner) {}

    record Inner(Instant at) {}

    private static final RouteModule TRIAL = routes -> {
        routes.post(
                "/trial/greet",
                ctx -> ctx.result(Requests.body(ctx, Greeting.class).name()),
                Access.ANYONE);
        routes.get(
                "/trial/defect",
                ctx -> {
                    throw new IllegalStateException("secret words");
                },
                Access.ANYONE);
        routes.get(
                "/trial/away",
                ctx -> {
                    throw new DatabaseAwayException("away");
                },
                Access.ANYONE);
        routes.post(
                "/trial/full",
                ctx -> {
                    throw Problem.of(ProblemType.TOO_LARGE);
                },
                Access.ANYONE);
        routes.get("/trial/agents", ctx -> ctx.result("ok"), Access.AGENT);
        routes.post("/trial/agents", ctx -> ctx.result(Requests.caller(ctx).name()), Access.AGENT);
    };

    @SuppressWarnings("NullAway.Init")
    private static WebServer server;

    @BeforeAll
    static void start() {
        server = new WebServer(
                        WebSettings.local(0),
                        token -> Optional.ofNullable(SESSIONS.get(token)),
                        CallWatch.NONE,
                        List.of(TRIAL, new ConsoleRoutes(), new DocumentRoutes()))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_good_body_is_read() {
        assertThat(browser()
                        .post("/trial/greet", "{\"name\":\"小李\",\"inner\":[{\"at\":\"2026-01-05T03:00:00Z\"}]}")
                        .text())
                .isEqualTo("小李");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"a\",\"inner\":[],\"nam\":1}|nam",
                "{\"inner\":[]}|name",
                "{\"name\":null,\"inner\":[]}|name",
                "{\"name\":\"a\",\"inner\":[{\"at\":\"yesterday\"}]}|inner[0].at",
                "{\"name\":\"a\",\"times\":\"x\",\"inner\":[]}|times",
                "{\"name\":7,\"inner\":[]}|name",
            })
    void a_wrong_field_is_named(String body, String field) {
        var answer = browser().post("/trial/greet", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().get("field").asText()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":|1",
                "{\"name\":\"a\",\"inner\":[]} x|1",
                "{\"name\":\"a\",\"name\":\"b\",\"inner\":[]}|1",
                "[]|1"
            })
    void a_body_that_is_not_json_is_refused_with_its_line(String body, int line) {
        var answer = browser().post("/trial/greet", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("type").asText()).isEqualTo("/problems/bad-json");
        assertThat(answer.json().get("detail").asText()).contains("line " + line);
    }

    @Test
    void a_deep_or_large_body_is_refused() {
        var deep = "{\"name\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        var large = "{\"name\":\"" + "x".repeat(300_000) + "\"}";

        assertThat(browser().post("/trial/greet", deep).status()).isEqualTo(400);
        assertThat(browser().post("/trial/greet", large).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({"/trial/full,413", "/trial/agents,401"})
    void a_caller_that_listens_only_when_all_is_sent_is_told_why_nothing_was_taken(String path, int status)
            throws Exception {
        var size = WebServer.UPLOAD_LIMIT_MB << 20;
        try (var caller = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            caller.setSoTimeout(10_000);
            var out = caller.getOutputStream();
            out.write(("POST " + path + " HTTP/1.1\r\nHost: hub\r\nContent-Length: " + size + "\r\n\r\n")
                    .getBytes(US_ASCII));
            out.write(new byte[size]);

            var answer = new BufferedReader(new InputStreamReader(caller.getInputStream(), US_ASCII));

            assertThat(answer.readLine()).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void a_form_is_no_json() {
        assertThat(browser()
                        .send(
                                "POST",
                                "/trial/greet",
                                "text/plain",
                                "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void problems_speak_the_readers_language() {
        assertThat(browser()
                        .with("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8")
                        .get("/trial/agents")
                        .json()
                        .get("title")
                        .asText())
                .isEqualTo("请先登录");
        assertThat(browser()
                        .with("Accept-Language", "en-GB")
                        .get("/nowhere")
                        .json()
                        .get("title")
                        .asText())
                .isEqualTo("There is no such thing");
    }

    @Test
    void a_defect_shows_nothing_of_itself() {
        var answer = browser().get("/trial/defect");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void an_absent_database_is_a_wait_and_not_a_defect() {
        var answer = browser().get("/trial/away");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    void a_route_asks_who_calls_and_what_they_may() {
        assertThat(browser().get("/trial/agents").status()).isEqualTo(401);
        assertThat(holding("stolen").get("/trial/agents").status()).isEqualTo(401);
        assertThat(holding("auditor").get("/trial/agents").status()).isEqualTo(403);
        assertThat(holding("agent").get("/trial/agents").status()).isEqualTo(200);
        assertThat(holding("owner").get("/trial/agents").status()).isEqualTo(200);
    }

    @Test
    void an_unsafe_call_needs_the_csrf_token() {
        assertThat(holding("agent").post("/trial/agents").json().get("type").asText())
                .isEqualTo("/problems/csrf");
        assertThat(holding("agent")
                        .with("X-CSRF", "other")
                        .post("/trial/agents")
                        .status())
                .isEqualTo(403);
        assertThat(holding("agent")
                        .with("X-CSRF", "c-AGENT")
                        .post("/trial/agents")
                        .text())
                .isEqualTo("AGENT");
    }

    @Test
    void a_one_time_password_opens_nothing_else() {
        assertThat(holding("new").get("/trial/agents").json().get("type").asText())
                .isEqualTo("/problems/password-change-needed");
    }

    @Test
    void every_answer_carries_the_strict_policy() {
        var answer = browser().get("/openapi.yaml");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void the_front_door_is_the_console() {
        assertThat(browser().get("/").header("Location")).endsWith("/console");
        assertThat(browser().get("/console/assets/gone-1234.js").status()).isEqualTo(404);
        assertThat(browser().get("/console/..%2fopenapi.yaml").status()).isNotEqualTo(200);
    }

    @Test
    void a_wrong_method_is_said_to_be_one() {
        assertThat(browser().delete("/trial/greet").status()).isEqualTo(405);
    }

    private static Browser browser() {
        return new Browser(server.port());
    }

    private static Browser holding(String token) {
        return browser().with("Cookie", "kefuhub_session=" + token);
    }

    private static Caller caller(Role role, boolean mustChange) {
        return new Caller(
                new UUID(0, role.ordinal()), role.name(), Set.of(role), Set.of(), "c-" + role.name(), mustChange);
    }
}
