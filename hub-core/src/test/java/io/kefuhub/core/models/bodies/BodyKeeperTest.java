package io.kefuhub.core.models.bodies;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.config.Home;
import io.kefuhub.core.config.SecretBox;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.telemetry.Metrics;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.CallWatch;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.MovableClock;
import io.kefuhub.core.web.Role;
import io.kefuhub.core.web.WebServer;
import io.kefuhub.core.web.WebSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BodyKeeperTest {
    private static final String WORDS = "Where is my umbrella?";
    private static final BodyKeeper.Pace SMALL = new BodyKeeper.Pace(3, 10_000, 2, Duration.ofMillis(10));

    private final Database database = TestDatabase.fresh();
    private final MovableClock clock = new MovableClock("2026-11-26T10:00:00Z");
    private int days = 30;

    @TempDir
    private Path home;

    @AfterEach
    void close() {
        database.close();
    }

    private BodyKeeper keeper(BodyKeeper.Pace pace) {
        return new BodyKeeper(database, new AuditLog(), SecretBox.of(Home.at(home)), clock, () -> days, pace);
    }

    private static UUID ends(BodyKeeper keeper, String words) {
        var attempt = UUID.randomUUID();
        var turn = new AiRequest.Turn(AiRequest.Role.USER, words, List.of());
        var request = new AiRequest("m", "Be kind.", List.of(turn), 512, 0.2, true, Map.of("top_p", "0.9"));
        keeper.ended(attempt, request, "In the office.");
        return attempt;
    }

    private long rows() {
        return database.read(db -> db.createQuery("select count(*) from attempt_body")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void what_was_asked_and_answered_is_kept_word_for_word_and_nobody_reads_it_in_the_database() {
        try (var keeper = keeper(BodyKeeper.Pace.USUAL)) {
            keeper.start();
            var attempt = ends(keeper, WORDS);
            Eventually.holds(() -> rows() == 1);

            var body = keeper.read(attempt, "person:1").orElseThrow().body();
            assertThat(body.system()).isEqualTo("Be kind.");
            assertThat(body.messages()).containsExactly(new Body.Said("user", WORDS, 0));
            assertThat(body.answer()).isEqualTo("In the office.");
            assertThat(body.options()).containsEntry("top_p", "0.9");
        }
        var stored = database.read(
                db -> db.createQuery("select string_agg(t::text || encode(body, 'escape'), '') from attempt_body t")
                        .mapTo(String.class)
                        .one());
        assertThat(stored).doesNotContain("umbrella", "kind", "office", "\\x1f8b");
    }

    @Test
    void one_body_does_not_open_as_that_of_another_call() {
        var sealed = new SealedBodies(SecretBox.of(Home.at(home)));
        var bytes = sealed.seal(UUID.randomUUID(), new Body("m", "", List.of(), 1, 0, Map.of(), "x"));
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("answer");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> sealed.open(UUID.randomUUID(), bytes))
                .isInstanceOf(io.kefuhub.core.config.UnreadableSecretException.class);
    }

    @Test
    void what_does_not_fit_into_the_queue_is_dropped_and_counted_and_nobody_waits() {
        var metrics = new Metrics();
        try (var keeper = keeper(SMALL)) {
            keeper.addTo(metrics);
            for (var call = 0; call < 5; call++) ends(keeper, WORDS);
            assertThat(metrics.text()).contains("kefuhub_model_bodies_total{outcome=\"dropped\"} 2");

            keeper.start();
            Eventually.holds(() -> rows() == 3);
            ends(keeper, "x".repeat(20_000));
            ends(keeper, WORDS);
            Eventually.holds(() -> rows() == 4);
            Eventually.holds(() -> metrics.text().contains("kefuhub_model_bodies_total{outcome=\"kept\"} 4"));
            assertThat(metrics.text()).contains("kefuhub_model_bodies_total{outcome=\"dropped\"} 3");
        }
    }

    @Test
    void what_waits_when_the_hub_stops_is_written() {
        var keeper = keeper(SMALL);
        for (var call = 0; call < 3; call++) ends(keeper, WORDS);
        keeper.close();
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void they_go_after_the_days_they_are_kept_and_the_audit_says_so() {
        try (var keeper = keeper(BodyKeeper.Pace.USUAL)) {
            for (var call = 0; call < 1_200; call++) ends(keeper, WORDS);
            clock.move(Duration.ofDays(1));
            ends(keeper, WORDS);
        }
        var keeper = keeper(BodyKeeper.Pace.USUAL);
        keeper.expire();
        assertThat(rows()).isEqualTo(1_201);
        assertThat(audited("attempt-bodies.expired")).isEmpty();

        clock.move(Duration.ofDays(29).plusMinutes(1));
        keeper.expire();
        assertThat(rows()).isOne();
        assertThat(audited("attempt-bodies.expired"))
                .singleElement()
                .asString()
                .contains("\"rows\": 1200", "\"before\": \"2026-11-26T10:01:00Z\"");
    }

    @Test
    void where_none_are_to_be_kept_none_are_and_those_that_are_there_go() {
        var keeper = keeper(SMALL);
        ends(keeper, WORDS);
        days = 0;
        ends(keeper, WORDS);
        keeper.close();
        assertThat(rows()).isOne();
        clock.move(Duration.ofSeconds(1));
        keeper.expire();
        assertThat(rows()).isZero();
    }

    private List<String> audited(String action) {
        return database.read(db -> db.createQuery("select detail::text from audit where action = :action")
                .bind("action", action)
                .mapTo(String.class)
                .list());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void only_owners_and_auditors_read_one_and_each_reading_is_audited(Role role) {
        var keeper = keeper(SMALL);
        var attempt = ends(keeper, WORDS);
        keeper.close();
        try (var server = new WebServer(
                        WebSettings.local(0), BodyKeeperTest::caller, CallWatch.NONE, List.of(keeper.routes()))
                .start()) {
            var browser = new Browser(server.port()).with("Cookie", "kefuhub_session=" + role.key());
            var answer = browser.get("/api/usage/attempts/" + attempt + "/body");
            if (role == Role.OWNER || role == Role.AUDITOR) {
                assertThat(answer.json().at("/messages/0/text").asText()).isEqualTo(WORDS);
                assertThat(audited("attempt-body.read")).hasSize(1);
                assertThat(browser.get("/api/usage/attempts/" + UUID.randomUUID() + "/body")
                                .status())
                        .isEqualTo(404);
                assertThat(browser.get("/api/usage/attempts/x/body").status()).isEqualTo(404);
                database.useTransaction(tx -> tx.execute("update attempt_body set body = substr(body, 2)"));
                assertThat(browser.get("/api/usage/attempts/" + attempt + "/body")
                                .status())
                        .isEqualTo(409);
            } else {
                assertThat(answer.status()).isEqualTo(403);
                assertThat(audited("attempt-body.read")).isEmpty();
            }
        }
    }

    private static Optional<Caller> caller(String token) {
        var role = Role.valueOf(token.toUpperCase(Locale.ROOT));
        return Optional.of(new Caller(new UUID(0, role.ordinal()), role.name(), Set.of(role), Set.of(), "c", false));
    }
}
