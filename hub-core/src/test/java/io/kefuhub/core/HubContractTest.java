package io.kefuhub.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.web.Contract;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole hub against its API's document. */
class HubContractTest {
    @TempDir
    Path home;

    @SuppressWarnings("NullAway.Init")
    private Hub hub;

    @BeforeEach
    void start() {
        hub = Hub.start(HubFixture.setup(home, Optional.of(TestDatabase.freshAddress())));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void every_route_names_its_role_and_is_documented_and_every_documented_call_is_served() {
        assertThat(Contract.violations(hub.routes(), Set.of("/", "/*", "/console", "/webhooks")))
                .isEmpty();
    }

    @Test
    void what_programs_call_names_a_scope_and_what_people_call_never_does() {
        assertThat(hub.routes()).anyMatch(route -> route.path().startsWith("/v1/"));
        assertThat(hub.routes())
                .allSatisfy(route -> assertThat(route.access())
                        .as(route.method() + " " + route.path())
                        .allMatch(access ->
                                access.scope().isPresent() == route.path().startsWith("/v1/")));
    }

    @Test
    void a_call_of_a_program_without_a_token_is_refused_on_every_route_whatever_its_cookie() {
        var owner = HubFixture.owner(hub);

        for (var route : hub.routes()) {
            if (!route.path().startsWith("/v1/")) continue;
            var path = route.path().replaceAll("\\{\\w+}", "x");
            var answer = owner.send(route.method(), path, "application/json", "{}".getBytes(UTF_8));
            assertThat(answer.status()).as(route.method() + " " + path).isEqualTo(401);
            assertThat(answer.json().at("/error/code").asText()).isEqualTo("invalid_api_key");
        }
    }

    @Test
    void what_the_console_reads_first_is_as_documented() {
        var owner = HubFixture.owner(hub);

        for (var path : new String[] {
            "/api/session",
            "/api/people",
            "/api/desks",
            "/api/conversations?view=all",
            "/api/knowledge",
            "/api/knowledge/unanswered",
            "/api/channels",
            "/api/plugins",
            "/api/tokens",
            "/api/audit",
            "/api/audit/proof",
            "/api/filters",
            "/api/filters/chain",
            "/api/settings",
            "/api/provisioning"
        }) {
            assertThat(owner.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(owner.get("/readyz").status()).isEqualTo(200);
        assertThat(owner.get("/metrics").text()).contains("kefuhub_consoles", "kefuhub_writes_queued");
    }

    @Test
    void an_open_console_does_not_hold_the_hub_up() throws Exception {
        var owner = HubFixture.owner(hub);
        var stream = owner.client().send(owner.request("/api/stream").build(), BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);

        assertTimeoutPreemptively(Duration.ofSeconds(10), hub::close);
    }
}
