package io.kefuhub.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.conversation.ConversationFixture;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.CallWatch;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Role;
import io.kefuhub.core.web.WebServer;
import io.kefuhub.core.web.WebSettings;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminTest {
    private static final UUID OWNER = new UUID(0, Role.OWNER.ordinal());

    private final ConversationFixture talk = new ConversationFixture();
    private final AuditLog audit = new AuditLog();
    private final Settings settings = new Settings(
            talk.database,
            audit,
            Clock.systemUTC(),
            new Settings.Values("Shop", Optional.empty(), "zh-CN", true, Optional.empty(), Optional.empty()));
    private final ChannelView channel = new ChannelView(
            "wk_test",
            "Test",
            "web",
            talk.desk.value(),
            true,
            Optional.empty(),
            ChannelView.Health.of(ChannelView.State.FAILING).because("no answer"),
            List.of("/widget/1/wk_test"));
    private final WebServer server = new WebServer(
                    WebSettings.local(0),
                    AdminTest::caller,
                    CallWatch.NONE,
                    List.of(new AdminRoutes(new AdminRoutes.Sources(
                            talk.database,
                            audit,
                            settings,
                            () -> Map.of(OWNER.toString(), "Olivia"),
                            _ -> List.of(channel),
                            (_, _) -> Optional.empty()))))
            .start();

    @AfterEach
    void stop() {
        server.close();
        talk.close();
    }

    @Test
    void desks_are_shown_by_name_to_who_may_see_them() {
        assertThat(as(Role.AGENT).get("/api/desks").json().at("/desks/0/name").asText())
                .isEqualTo("main");
        assertThat(as(Role.AGENT).get("/api/desks").json().at("/desks/0/id").asText())
                .isEqualTo(talk.desk.toString());
    }

    @Test
    void channels_say_how_they_are() {
        assertThat(as(Role.AGENT)
                        .get("/api/channels")
                        .json()
                        .at("/channels/0/health/detail")
                        .asText())
                .isEqualTo("no answer");
    }

    @Test
    void settings_are_changed_by_admins_and_the_change_is_audited_with_the_name() {
        var changed = as(Role.OWNER)
                .put(
                        "/api/settings",
                        "{\"organisation\":\"Tea & Co\",\"publicAddress\":\"https://chat.example.com\","
                                + "\"language\":\"en\",\"sound\":false}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(settings.now().organisation()).isEqualTo("Tea & Co");
        assertThat(as(Role.AGENT).get("/api/settings").json().get("sound").asBoolean())
                .isFalse();
        var line = as(Role.AUDITOR).get("/api/audit").json().at("/entries/0");
        assertThat(line.get("action").asText()).isEqualTo("settings.changed");
        assertThat(line.get("actorName").asText()).isEqualTo("Olivia");
    }

    @Test
    void wrong_settings_are_refused_by_name() {
        for (var wrong : List.of("javascript:alert(1)", "https://user@evil.example", "chat.example.com", "https://")) {
            var refused = as(Role.OWNER)
                    .put(
                            "/api/settings",
                            "{\"organisation\":\"x\",\"publicAddress\":\"" + wrong
                                    + "\",\"language\":\"en\",\"sound\":true}");
            assertThat(refused.json().get("field").asText()).as(wrong).isEqualTo("publicAddress");
        }
        assertThat(as(Role.AGENT).put("/api/settings", "{}").status()).isEqualTo(403);
    }

    @Test
    void settings_of_a_file_stay_as_the_file_says() {
        settings.declare(
                "settings.yaml",
                new Settings.Values("File", Optional.empty(), "en", true, Optional.empty(), Optional.empty()));

        var refused =
                as(Role.OWNER).put("/api/settings", "{\"organisation\":\"x\",\"language\":\"en\",\"sound\":true}");

        assertThat(refused.json().get("detail").asText()).isEqualTo("settings.yaml");
        assertThat(as(Role.AGENT).get("/api/settings").json().get("managedBy").asText())
                .isEqualTo("settings.yaml");
    }

    @Test
    void the_audit_log_is_paged_and_searched_and_not_for_everyone() {
        for (var i = 0; i < 5; i++) {
            settings.declare(
                    "f" + i + ".yaml",
                    new Settings.Values("n" + i, Optional.empty(), "en", true, Optional.empty(), Optional.empty()));
        }

        var first = as(Role.AUDITOR).get("/api/audit?limit=3").json();
        var second = as(Role.AUDITOR)
                .get("/api/audit?limit=3&before=" + first.get("next").asText())
                .json();

        assertThat(first.get("entries")).hasSize(3);
        assertThat(second.get("entries")).hasSize(2);
        assertThat(second.has("next")).isFalse();
        assertThat(as(Role.AUDITOR).get("/api/audit?actor=file:f2.yaml").json().get("entries"))
                .hasSize(1);
        assertThat(as(Role.AGENT).get("/api/audit").status()).isEqualTo(403);
    }

    private Browser as(Role role) {
        return new Browser(server.port())
                .with("Cookie", "kefuhub_session=" + role.key())
                .with("X-CSRF", "c");
    }

    private static Optional<Caller> caller(String token) {
        var role = Role.valueOf(token.toUpperCase(Locale.ROOT));
        return Optional.of(new Caller(new UUID(0, role.ordinal()), role.name(), Set.of(role), Set.of(), "c", false));
    }
}
