package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.web.Browser;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments, aliases and rules, as an admin changes them in a running hub. */
class CatalogueTest {
    private static final String DEEP = """
            {"instance": "deep", "model": "deepseek-chat", "window": 64000, "local": true, "unpriced": true}""";

    @TempDir
    Path home;

    @SuppressWarnings("NullAway.Init")
    private Hub hub;

    @SuppressWarnings("NullAway.Init")
    private Browser owner;

    @BeforeEach
    void start() {
        hub = Hub.start(HubFixture.setup(home, Optional.of(TestDatabase.freshAddress())));
        owner = HubFixture.owner(hub);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void a_deployment_is_added_named_by_an_alias_and_then_cannot_go() {
        var saved = owner.put("/api/deployments/deep-chat", DEEP);

        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.json().get("concurrency").asInt()).isEqualTo(32);
        assertThat(saved.json().at("/health/serving").asBoolean()).isFalse();
        assertThat(owner.put("/api/aliases/support", "{\"deployments\": [\"deep-chat\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(owner.get("/api/deployments")
                        .json()
                        .at("/deployments/0/window")
                        .asInt())
                .isEqualTo(64_000);
        assertThat(owner.get("/api/aliases")
                        .json()
                        .at("/aliases/0/deployments/0")
                        .asText())
                .isEqualTo("deep-chat");
        assertThat(owner.delete("/api/deployments/deep-chat").status()).isEqualTo(409);
        assertThat(owner.delete("/api/aliases/support").status()).isEqualTo(204);
        assertThat(owner.delete("/api/deployments/deep-chat").status()).isEqualTo(204);
        assertThat(owner.get("/api/audit?subject=deployment:deep-chat").json().get("entries"))
                .hasSize(2);
    }

    @Test
    void what_cannot_be_is_named_by_its_field_and_changes_nothing() {
        owner.put("/api/deployments/deep-chat", DEEP);

        var small =
                owner.put("/api/deployments/deep-chat", "{\"instance\": \"deep\", \"model\": \"x\", \"window\": 1}");
        var nobody = owner.put("/api/aliases/support", "{\"deployments\": [\"nobody\"]}");
        var cheaper = owner.put("/api/aliases/support", "{\"deployments\": [\"deep-chat\"], \"cheaper\": \"x\"}");

        assertThat(small.status()).isEqualTo(400);
        assertThat(small.json().get("field").asText()).isEqualTo("window");
        assertThat(nobody.json().get("field").asText()).isEqualTo("deployments");
        assertThat(cheaper.json().get("field").asText()).isEqualTo("cheaper");
        assertThat(owner.get("/api/deployments")
                        .json()
                        .at("/deployments/0/window")
                        .asInt())
                .isEqualTo(64_000);
        assertThat(owner.get("/api/aliases").json().get("aliases")).isEmpty();
    }

    @Test
    void a_test_of_what_nothing_speaks_to_says_so() {
        owner.put("/api/deployments/deep-chat", DEEP);

        var tested = owner.post("/api/deployments/deep-chat/test", "");

        assertThat(tested.status()).isEqualTo(200);
        assertThat(tested.json().get("answered").asBoolean()).isFalse();
        assertThat(tested.json().get("problem").asText()).contains("nothing speaks to deep-chat");
    }

    @Test
    void rules_hold_at_once_and_name_desks_that_are_there() {
        var rules = owner.get("/api/model-rules").text();

        var changed = owner.put("/api/model-rules", rules.replace("\"turnsInAnHour\":60", "\"turnsInAnHour\":100"));
        var wrong = owner.put(
                "/api/model-rules",
                rules.replace(
                        "\"desks\":{}",
                        "\"desks\":{\"nowhere\":{\"concurrency\":1,\"requestsPerMinute\":0,\"tokensPerMinute\":0,"
                                + "\"localOnly\":true}}"));

        assertThat(changed.status()).isEqualTo(200);
        assertThat(owner.get("/api/model-rules")
                        .json()
                        .at("/customers/turnsInAnHour")
                        .asInt())
                .isEqualTo(100);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().get("field").asText()).isEqualTo("desks.nowhere");
    }

    @Test
    void how_a_deployment_fares_is_in_the_metrics() {
        owner.put("/api/deployments/deep-chat", DEEP);

        assertThat(owner.get("/metrics").text()).contains("kefuhub_model_breaker{deployment=\"deep-chat\"");
    }
}
