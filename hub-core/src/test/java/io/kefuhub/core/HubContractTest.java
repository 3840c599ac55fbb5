package io.kefuhub.core;

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
    void what_the_console_reads_first_is_as_documented() {
        var owner = HubFixture.owner(hub);

        for (var path : new String[] {
            "/api/session", "/api/people", "/api/desks", "/api/conversations?view=all", "/api/knowledge",
            "/api/knowledge/unanswered", "/api/channels", "/api/plugins", "/api/audit", "/api/settings",
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
