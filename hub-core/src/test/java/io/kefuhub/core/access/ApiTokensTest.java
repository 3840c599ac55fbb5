package io.kefuhub.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.api.Language;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.telemetry.LogLines;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.CallWatch;
import io.kefuhub.core.web.MovableClock;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import io.kefuhub.core.web.WebServer;
import io.kefuhub.core.web.WebSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiTokensTest {
    private static final String CHOSEN = "correct horse battery";
    private static final String DOOR = "/v1/door";

    private final MovableClock clock = new MovableClock("2026-01-05T03:00:00Z");
    private final Database database = TestDatabase.fresh();
    private final AuditLog audit = new AuditLog();
    private final Ids ids = new Ids(clock);
    private final UUID desk = ids.next();
    private final Passwords passwords = new Passwords();
    private final Staff staff = new Staff(database, audit, passwords, ids, clock);
    private final Sessions sessions = new Sessions(database, audit, passwords, clock);
    private final ApiTokens tokens = new ApiTokens(database, audit, ids, clock);
    private final RouteModule door = routes -> routes.get(
            DOOR, ctx -> Requests.send(ctx, Map.of("name", Requests.program(ctx).name())), Access.MODELS_TOKEN);
    private final WebServer server = new WebServer(
            WebSettings.local(0),
            new Entrances(sessions, tokens),
            CallWatch.NONE,
            List.of(
                    new SessionRoutes(sessions, false),
                    new PeopleRoutes(staff, () -> Set.of(desk)),
                    new TokenRoutes(tokens, () -> Set.of(desk), clock),
                    door));
    private Browser owner;

    @BeforeEach
    void start() {
        database.useTransaction(tx -> tx.createUpdate("insert into desk (id, key, language) values (:id, 'main', 'en')")
                .bind("id", desk)
                .execute());
        server.start();
        owner = signedIn("owner", staff.first(Language.EN).orElseThrow().password());
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void a_token_lets_a_program_in_and_is_kept_nowhere() {
        try (var logs = new LogLines("ROOT")) {
            var made = make("{\"name\":\"report\",\"scopes\":[\"models\"]}");
            var secret = secretOf(made);

            var answer = call(secret);

            assertThat(answer.json().get("name").asText()).isEqualTo("report");
            assertThat(logs.containing(secret.substring(8))).isEmpty();
            isKeptNowhere(secret);
        }
    }

    private void isKeptNowhere(String secret) {
        assertThat(secret).matches("khk_[A-Za-z0-9_-]{43}");
        var kept = database.read(db -> db.createQuery("select t::text from api_token t")
                .mapTo(String.class)
                .list());
        var written = database.read(db -> db.createQuery("select a::text from audit a")
                .mapTo(String.class)
                .list());
        assertThat(kept).hasSize(1);
        assertThat(List.of(kept, written, owner.get("/api/tokens").text()).toString())
                .contains(secret.substring(0, 8))
                .doesNotContain(secret.substring(0, 16), secret.substring(20));
    }

    @Test
    void a_revoked_token_is_refused_at_once() {
        var made = make("{\"name\":\"report\",\"scopes\":[\"models\"]}");
        assertThat(call(secretOf(made)).status()).isEqualTo(200);

        var revoked = owner.delete("/api/tokens/" + made.at("/token/id").asText());

        assertThat(revoked.json().has("revokedAt")).isTrue();
        var refused = call(secretOf(made));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().at("/error/code").asText()).isEqualTo("invalid_api_key");
    }

    @Test
    void a_token_ends_when_it_was_to_end() {
        var until = clock.instant().plus(Duration.ofDays(1));
        var made = make("{\"name\":\"report\",\"scopes\":[\"models\"],\"expiresAt\":\"" + until + "\"}");
        assertThat(call(secretOf(made)).status()).isEqualTo(200);

        clock.move(Duration.ofDays(1));

        assertThat(call(secretOf(made)).status()).isEqualTo(401);
    }

    @Test
    void whoever_guesses_is_slowed_down_and_whoever_has_a_token_is_not() {
        var made = make("{\"name\":\"report\",\"scopes\":[\"models\"]}");

        var statuses = new java.util.ArrayList<Integer>();
        for (var i = 0; i < 30; i++) statuses.add(call("khk_" + i).status());

        assertThat(statuses).startsWith(401, 401, 401).endsWith(429, 429);
        assertThat(call("khk_x").header("Retry-After")).isNotEmpty();
        assertThat(call(secretOf(made)).status()).isEqualTo(200);
    }

    @Test
    void a_session_opens_nothing_for_programs_and_a_token_nothing_for_people() {
        var made = make("{\"name\":\"report\",\"scopes\":[\"models\"]}");

        assertThat(owner.get(DOOR).status()).isEqualTo(401);
        assertThat(program(secretOf(made)).get("/api/people").status()).isEqualTo(401);
        assertThat(new Browser(server.port())
                        .with("Authorization", "Basic eDp5")
                        .get(DOOR)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void the_time_of_the_last_use_is_written_once_a_minute() {
        var made = make("{\"name\":\"report\",\"scopes\":[\"models\"]}");
        var first = clock.instant();
        call(secretOf(made));
        Eventually.holds(() -> first.toString().equals(used()));

        clock.move(Duration.ofSeconds(30));
        call(secretOf(made));
        clock.move(Duration.ofSeconds(31));
        call(secretOf(made));

        Eventually.holds(() -> first.plusSeconds(61).toString().equals(used()));
        assertThat(database.writer().counts().units()).isEqualTo(2);
    }

    @Test
    void a_name_belongs_to_one_token_until_that_is_revoked() {
        var first = make("{\"name\":\"report\",\"scopes\":[\"models\"]}");

        var second = owner.post("/api/tokens", "{\"name\":\"report\",\"scopes\":[\"models\"]}");
        owner.delete("/api/tokens/" + first.at("/token/id").asText());
        var third = owner.post("/api/tokens", "{\"name\":\"report\",\"scopes\":[\"models\"]}");

        assertThat(second.status()).isEqualTo(400);
        assertThat(second.json().get("field").asText()).isEqualTo("name");
        assertThat(third.status()).isEqualTo(201);
        assertThat(owner.get("/api/tokens").json().get("tokens")).hasSize(2);
    }

    @Test
    void what_cannot_be_a_token_is_refused_by_its_field() {
        assertThat(refused("{\"name\":\" \",\"scopes\":[\"models\"]}")).isEqualTo("name");
        assertThat(refused("{\"name\":\"x\",\"scopes\":[]}")).isEqualTo("scopes");
        assertThat(refused("{\"name\":\"x\",\"scopes\":[\"all\"]}")).startsWith("scopes");
        assertThat(refused("{\"name\":\"x\",\"scopes\":[\"models\"],\"aliases\":[\"a b\"]}"))
                .isEqualTo("aliases");
        assertThat(refused("{\"name\":\"x\",\"scopes\":[\"models\"],\"desk\":\"" + new UUID(0, 9) + "\"}"))
                .isEqualTo("desk");
        assertThat(refused("{\"name\":\"x\",\"scopes\":[\"models\"],\"expiresAt\":\"2026-01-05T02:59:59Z\"}"))
                .isEqualTo("expiresAt");
        assertThat(owner.get("/api/tokens").json().get("tokens")).isEmpty();
    }

    @Test
    void only_owners_and_admins_see_make_and_revoke_tokens() {
        var made = make("{\"name\":\"report\",\"scopes\":[\"models\"]}");
        var invited = owner.post("/api/people", "{\"login\":\"li.na\",\"name\":\"李娜\",\"roles\":[\"supervisor\"]}");
        var supervisor = signedIn("li.na", invited.json().get("password").asText());

        assertThat(supervisor.get("/api/tokens").status()).isEqualTo(403);
        assertThat(supervisor
                        .post("/api/tokens", "{\"name\":\"x\",\"scopes\":[\"models\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(supervisor
                        .delete("/api/tokens/" + made.at("/token/id").asText())
                        .status())
                .isEqualTo(403);
        assertThat(call(secretOf(made)).status()).isEqualTo(200);
    }

    @Test
    void who_made_and_revoked_a_token_is_in_the_audit_log() {
        var made = make("{\"name\":\"report\",\"scopes\":[\"models\"],\"aliases\":[\"fast\"]}");
        var id = made.at("/token/id").asText();
        owner.delete("/api/tokens/" + id);
        owner.delete("/api/tokens/" + id);

        var lines = database.read(db -> audit.before(db, Long.MAX_VALUE, "", "token:" + id, 10));

        assertThat(lines).extracting(line -> line.entry().action()).containsExactly("token.revoked", "token.made");
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.entry().actor()).startsWith("person:");
            assertThat(line.entry().detail()).contains("report", "fast");
        });
    }

    private String used() {
        return owner.get("/api/tokens").json().at("/tokens/0/usedAt").asText();
    }

    private JsonNode make(String body) {
        var made = owner.post("/api/tokens", body);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json();
    }

    private String refused(String body) {
        var answer = owner.post("/api/tokens", body);
        assertThat(answer.status()).as(body).isEqualTo(400);
        return answer.json().get("field").asText();
    }

    private static String secretOf(JsonNode made) {
        return made.get("secret").asText();
    }

    private Browser program(String secret) {
        return new Browser(server.port()).with("Authorization", "Bearer " + secret);
    }

    private Browser.Answer call(String secret) {
        return program(secret).get(DOOR);
    }

    private Browser signedIn(String login, String password) {
        var browser = new Browser(server.port());
        browser.signIn(login, password);
        var changed =
                browser.post("/api/session/password", "{\"old\":\"" + password + "\",\"new\":\"" + CHOSEN + "\"}");
        return browser.with("X-CSRF", changed.json().get("csrf").asText());
    }
}
