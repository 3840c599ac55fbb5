package io.kefuhub.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.CallWatch;
import io.kefuhub.core.web.MovableClock;
import io.kefuhub.core.web.WebServer;
import io.kefuhub.core.web.WebSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final String CHOSEN = "correct horse battery";

    private final MovableClock clock = new MovableClock("2026-01-05T03:00:00Z");
    private final Database database = TestDatabase.fresh();
    private final AuditLog audit = new AuditLog();
    private final Passwords passwords = new Passwords();
    private final Staff staff = new Staff(database, audit, passwords, new Ids(clock), clock);
    private final Sessions sessions = new Sessions(database, audit, passwords, clock);
    private final WebServer server = new WebServer(
            WebSettings.local(0),
            sessions,
            CallWatch.NONE,
            List.of(new SessionRoutes(sessions, false), new PeopleRoutes(staff, () -> Set.of(new UUID(0, 7)))));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void the_first_owner_must_choose_a_password_and_then_may_do_everything() {
        var first = FirstOwner.ensure(staff, Language.EN).orElseThrow();
        var owner = browser();

        var signedIn = owner.signIn(first.login(), first.password());

        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
        assertThat(signedIn.json().get("mustChangePassword").asBoolean()).isTrue();
        assertThat(owner.get("/api/people").status()).isEqualTo(403);
        assertThat(chooses(owner, first.password(), CHOSEN).status()).isEqualTo(200);
        assertThat(owner.get("/api/people").json().get("people")).hasSize(1);
        assertThat(owner.get("/api/session").json().at("/person/roles/0").asText())
                .isEqualTo("owner");
        assertThat(FirstOwner.ensure(staff, Language.EN)).isEmpty();
    }

    @Test
    void until_the_first_owner_says_a_name_customers_read_one_in_both_languages() {
        var first = FirstOwner.ensure(staff, Language.EN).orElseThrow();
        var owner = browser();
        owner.signIn(first.login(), first.password());

        assertThat(owner.get("/api/session").json().at("/person/name").asText()).isEqualTo("客服 · Support");
        var refused = chooses(owner, first.password(), CHOSEN, " ");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("field").asText()).isEqualTo("name");
        assertThat(chooses(owner, "wrong", CHOSEN, "李娜").status()).isEqualTo(422);
        assertThat(owner.get("/api/session").json().at("/person/name").asText()).isEqualTo("客服 · Support");

        var chosen = chooses(owner, first.password(), CHOSEN, "李娜");

        assertThat(chosen.json().at("/person/name").asText()).isEqualTo("李娜");
        assertThat(chosen.json().get("mustChangePassword").asBoolean()).isFalse();
        assertThat(owner.get("/api/people").json().at("/people/0/name").asText())
                .isEqualTo("李娜");
    }

    @Test
    void who_is_declared_in_a_file_chooses_a_password_and_no_name() {
        var declared = declaredOwner();
        var owner = browser();
        owner.signIn("owner", declared);

        var refused = chooses(owner, declared, CHOSEN, "李娜");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("type").asText()).isEqualTo("/problems/managed-by-file");
        assertThat(owner.get("/api/people").status()).isEqualTo(403);
        assertThat(chooses(owner, declared, CHOSEN, "Owner").status()).isEqualTo(200);
    }

    @Test
    void a_wrong_name_and_a_wrong_password_are_told_alike() {
        owner();

        var wrongName = browser().signIn("nobody", CHOSEN);
        var wrongPassword = browser().signIn("owner", "not " + CHOSEN);

        assertThat(wrongName.status()).isEqualTo(401);
        assertThat(wrongPassword.text()).isEqualTo(wrongName.text());
    }

    @Test
    void guessing_is_slowed_down() {
        owner();

        var answers = java.util.stream.IntStream.range(0, 14)
                .mapToObj(i -> browser().signIn("owner", "guess number " + i).status())
                .toList();

        assertThat(answers).contains(401).endsWith(429);
    }

    @Test
    void an_old_or_idle_session_ends() {
        var owner = owner();

        clock.move(Duration.ofHours(11));
        assertThat(owner.get("/api/session").status()).isEqualTo(200);
        clock.move(Duration.ofHours(11));
        assertThat(owner.get("/api/session").status()).isEqualTo(200);
        clock.move(Duration.ofHours(13));
        assertThat(owner.get("/api/session").status()).isEqualTo(401);
    }

    @Test
    void signing_out_ends_the_session_for_whoever_kept_the_cookie() {
        var owner = owner();
        assertThat(owner.delete("/api/session").status()).isEqualTo(204);

        assertThat(owner.get("/api/session").status()).isEqualTo(401);
    }

    @Test
    void signing_in_again_replaces_the_session_that_the_browser_had() {
        var owner = owner();
        var before = new Browser(server.port()).with("Cookie", owner.header("Cookie"));
        assertThat(before.get("/api/session").status()).isEqualTo(200);

        owner.signIn("owner", CHOSEN);

        assertThat(before.get("/api/session").status()).isEqualTo(401);
        assertThat(owner.get("/api/session").status()).isEqualTo(200);
    }

    @Test
    void a_changed_password_ends_every_other_session() {
        var here = owner();
        var elsewhere = browser();
        elsewhere.signIn("owner", CHOSEN);

        assertThat(chooses(here, CHOSEN, "another long password").status()).isEqualTo(200);

        assertThat(elsewhere.get("/api/session").status()).isEqualTo(401);
        assertThat(here.get("/api/session").status()).isEqualTo(200);
    }

    @Test
    void a_weak_password_is_refused() {
        var owner = owner();

        assertThat(chooses(owner, CHOSEN, "short").status()).isEqualTo(422);
        assertThat(chooses(owner, CHOSEN, "owner-owner-owner").status()).isEqualTo(422);
        assertThat(chooses(owner, "wrong", "another long password")
                        .json()
                        .get("field")
                        .asText())
                .isEqualTo("old");
    }

    @Test
    void an_invited_agent_signs_in_once_with_the_password_that_was_shown() {
        var owner = owner();
        var invited = owner.post("/api/people", "{\"login\":\"li.na\",\"name\":\"李娜\",\"roles\":[\"agent\"]}");
        assertThat(invited.status()).isEqualTo(201);

        var agent = browser();
        assertThat(agent.signIn("li.na", invited.json().get("password").asText())
                        .status())
                .isEqualTo(200);
        assertThat(chooses(agent, invited.json().get("password").asText(), CHOSEN)
                        .status())
                .isEqualTo(200);

        assertThat(agent.get("/api/people").json().get("people")).hasSize(2);
        assertThat(agent.post("/api/people", "{\"login\":\"x1\",\"name\":\"x\",\"roles\":[\"agent\"]}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_one_time_password_ends_after_a_week() {
        var owner = owner();
        var invited = owner.post("/api/people", "{\"login\":\"li.na\",\"name\":\"李娜\",\"roles\":[\"agent\"]}");

        clock.move(Duration.ofDays(8));

        assertThat(browser()
                        .signIn("li.na", invited.json().get("password").asText())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void only_an_owner_makes_owners_and_admins() {
        var owner = owner();
        var admin = invited(owner, "admin1", "admin");

        assertThat(admin.post("/api/people", "{\"login\":\"x1\",\"name\":\"x\",\"roles\":[\"owner\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(admin.patch("/api/people/" + idOf(admin), "{\"roles\":[\"owner\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(admin.post("/api/people/" + idOf(owner) + "/reset-password").status())
                .isEqualTo(403);
        assertThat(admin.post("/api/people", "{\"login\":\"x1\",\"name\":\"x\",\"roles\":[\"agent\"]}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void a_disabled_person_is_out_at_once() {
        var owner = owner();
        var agent = invited(owner, "li.na", "agent");

        assertThat(owner.patch("/api/people/" + idOf(agent), "{\"enabled\":false}")
                        .status())
                .isEqualTo(200);

        assertThat(agent.get("/api/session").status()).isEqualTo(401);
        assertThat(browser().signIn("li.na", CHOSEN).status()).isEqualTo(401);
    }

    @Test
    void the_last_owner_stays() {
        var owner = owner();

        assertThat(owner.patch("/api/people/" + idOf(owner), "{\"enabled\":false}")
                        .json()
                        .get("type")
                        .asText())
                .isEqualTo("/problems/last-owner");
        assertThat(owner.patch("/api/people/" + idOf(owner), "{\"roles\":[\"agent\"]}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void a_taken_name_an_unknown_desk_and_a_strange_name_are_refused() {
        var owner = owner();

        assertThat(owner.post("/api/people", "{\"login\":\"owner\",\"name\":\"x\",\"roles\":[\"agent\"]}")
                        .status())
                .isEqualTo(409);
        assertThat(owner.post("/api/people", "{\"login\":\"Bad Name\",\"name\":\"x\",\"roles\":[\"agent\"]}")
                        .json()
                        .get("field")
                        .asText())
                .isEqualTo("login");
        assertThat(owner.post(
                                "/api/people",
                                "{\"login\":\"x1\",\"name\":\"x\",\"roles\":[\"agent\"],\"desks\":[\"" + new UUID(0, 8)
                                        + "\"]}")
                        .json()
                        .get("field")
                        .asText())
                .isEqualTo("desks");
        assertThat(owner.post("/api/people", "{\"login\":\"x1\",\"name\":\"x\",\"roles\":[\"king\"]}")
                        .json()
                        .get("field")
                        .asText())
                .startsWith("roles");
    }

    @Test
    void what_people_do_is_in_the_audit_log() {
        invited(owner(), "li.na", "agent");

        var actions = database.read(db -> audit.before(db, Long.MAX_VALUE, "", "", 100)).stream()
                .map(line -> line.entry().action())
                .toList();

        assertThat(actions).contains("session.opened", "person.invited", "person.password-changed");
    }

    @Test
    void a_declared_person_is_managed_by_the_file() {
        var wanted = new Person(
                new UUID(0, 0),
                "chen",
                "Chen",
                Set.of(io.kefuhub.core.web.Role.AGENT),
                Set.of(),
                Language.EN,
                true,
                false,
                java.util.Optional.empty(),
                java.util.Optional.empty());
        staff.declare("people.yaml", wanted, CHOSEN, false);
        staff.declare("people.yaml", wanted, CHOSEN, false);
        var owner = owner();

        assertThat(browser().signIn("chen", CHOSEN).status()).isEqualTo(200);
        assertThat(owner.patch("/api/people/" + byLogin(owner, "chen"), "{\"name\":\"x\"}")
                        .json()
                        .get("detail")
                        .asText())
                .isEqualTo("people.yaml");
    }

    private Browser browser() {
        return new Browser(server.port());
    }

    private Browser owner() {
        var secret = staff.first(Language.EN).map(Staff.Invited::password).orElseGet(this::declaredOwner);
        var owner = browser();
        owner.signIn("owner", secret);
        assertThat(chooses(owner, secret, CHOSEN).status()).isEqualTo(200);
        return owner;
    }

    /** An owner beside people that a file has declared. */
    private String declaredOwner() {
        var owner = new Person(
                new UUID(0, 0),
                "owner",
                "Owner",
                Set.of(io.kefuhub.core.web.Role.OWNER),
                Set.of(),
                Language.EN,
                true,
                true,
                java.util.Optional.empty(),
                java.util.Optional.empty());
        staff.declare("owner.yaml", owner, "first password", true);
        return "first password";
    }

    private Browser invited(Browser owner, String login, String role) {
        var made = owner.post(
                "/api/people", "{\"login\":\"" + login + "\",\"name\":\"" + login + "\",\"roles\":[\"" + role + "\"]}");
        var password = made.json().get("password").asText();
        var invited = browser();
        invited.signIn(login, password);
        chooses(invited, password, CHOSEN);
        return invited;
    }

    private static Browser.Answer chooses(Browser browser, String old, String chosen) {
        return choose(browser, "{\"old\":\"" + old + "\",\"new\":\"" + chosen + "\"}");
    }

    private static Browser.Answer chooses(Browser browser, String old, String chosen, String name) {
        return choose(browser, "{\"old\":\"" + old + "\",\"new\":\"" + chosen + "\",\"name\":\"" + name + "\"}");
    }

    private static Browser.Answer choose(Browser browser, String body) {
        var answer = browser.post("/api/session/password", body);
        if (answer.status() == 200)
            browser.with("X-CSRF", answer.json().get("csrf").asText());
        return answer;
    }

    private static String idOf(Browser browser) {
        return browser.get("/api/session").json().at("/person/id").asText();
    }

    private static String byLogin(Browser browser, String login) {
        for (var person : browser.get("/api/people").json().get("people")) {
            if (person.get("login").asText().equals(login))
                return person.get("id").asText();
        }
        throw new AssertionError("no " + login);
    }
}
