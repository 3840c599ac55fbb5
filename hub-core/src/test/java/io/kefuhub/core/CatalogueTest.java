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

    private static final String ON = "{\"instance\": \"deep\", \"model\": \"m\"}";
    private static final String OFF = "{\"instance\": \"deep\", \"model\": \"m\", \"enabled\": false}";

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
    void nothing_is_put_on_without_a_price_unless_an_admin_says_so() {
        assertThat(refusal("{\"instance\": \"deep\", \"model\": \"m\"}"))
                .isEqualTo(
                        "unpriced: It cannot be put on without a price: there is none for m. Add one, or let it run without a price.");
        assertThat(owner.get("/api/deployments").json().get("deployments")).isEmpty();
        assertThat(owner.put("/api/deployments/main", OFF).status()).isEqualTo(200);
        assertThat(refusal(ON)).startsWith("unpriced: ");

        assertThat(owner.put("/api/deployments/main", ON.replace("}", ", \"unpriced\": true}"))
                        .status())
                .isEqualTo(200);
        assertThat(refusal(ON)).startsWith("unpriced: ");

        price("USD");
        assertThat(refusal(ON)).contains("its price is in USD", "no exchange rate");
        owner.put("/api/prices/rates/USD", "{\"rate\": \"7.1\"}");
        assertThat(owner.put("/api/deployments/main", ON).status()).isEqualTo(200);
    }

    @Test
    void what_was_on_when_its_price_ended_stays_on_and_may_be_changed_but_not_for_another_model() {
        var id = price("CNY");
        owner.put("/api/deployments/main", ON);
        owner.post("/api/prices/" + id + "/end");

        assertThat(owner.put("/api/deployments/main", ON.replace("}", ", \"title\": \"Ours\"}"))
                        .status())
                .isEqualTo(200);
        assertThat(owner.get("/api/deployments")
                        .json()
                        .at("/deployments/0/enabled")
                        .asBoolean())
                .isTrue();
        assertThat(refusal(ON.replace("\"m\"", "\"n\""))).startsWith("unpriced: ");
        assertThat(refusal(ON.replace("deep", "deeper"))).startsWith("unpriced: ");
        assertThat(owner.put("/api/deployments/main", OFF).status()).isEqualTo(200);
        assertThat(refusal(ON)).startsWith("unpriced: ");
    }

    private String price(String currency) {
        return owner.post("/api/prices", """
                        {"provider": "*", "model": "m", "currency": "%s", "input": "1", "output": "2"}""".formatted(currency))
                .json()
                .get("id")
                .asText();
    }

    private String refusal(String deployment) {
        var refused = owner.put("/api/deployments/main", deployment);
        assertThat(refused.status()).isEqualTo(400);
        return refused.json().get("field").asText() + ": "
                + refused.json().get("detail").asText();
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
