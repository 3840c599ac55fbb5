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

/** Prices, budgets and usage, as somebody who administrates a hub meets them. */
@SuppressWarnings("NullAway.Init")
class MoneyStoryTest {
    @TempDir
    Path home;

    private Hub hub;
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
    void prices_come_with_the_hub_each_with_its_page_and_none_confirmed() {
        var prices = owner.get("/api/prices").json().get("prices");

        assertThat(prices).isNotEmpty();
        assertThat(prices).allSatisfy(price -> {
            assertThat(price.get("origin").asText()).isEqualTo("built-in");
            assertThat(price.get("source").asText()).isNotBlank();
            assertThat(price.get("checkedOn").asText()).matches("2026-.*");
            assertThat(price.get("confirmed").asBoolean()).isFalse();
        });
        var id = prices.get(0).get("id").asText();
        assertThat(owner.post("/api/prices/" + id + "/confirm")
                        .json()
                        .get("confirmed")
                        .asBoolean())
                .isTrue();
        assertThat(owner.post("/api/prices/" + id + "/end").status()).isEqualTo(204);
        assertThat(owner.get("/api/prices").json().get("prices")).hasSize(prices.size() - 1);
        assertThat(owner.get("/api/prices?past=true").json().get("prices")).hasSize(prices.size());
    }

    @Test
    void a_price_is_written_down_and_what_cannot_be_one_is_refused_with_its_field() {
        var body = """
                {"provider": "qwen", "model": "qwen3-max", "aliases": ["qwen3-max-2026-01-23"], "currency": "CNY",
                 "input": "2.5", "output": "10", "tierRule": "part",
                 "tiers": [{"above": 32000, "input": "4", "output": "16"}],
                 "windows": [{"name": "night", "days": ["mon"], "from": "22:00", "to": "06:00", "factor": "0.5"}]}""";

        var added = owner.post("/api/prices", body);

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().get("windows").get(0).get("from").asText()).isEqualTo("22:00");
        assertThat(refusedField(body.replace("2.5", "-1"))).isEqualTo("input");
        assertThat(refusedField(body.replace("CNY", "yuan"))).isEqualTo("currency");
        assertThat(refusedField(body.replace("\"4\"", "\"four\""))).isEqualTo("tiers.0.input");
        assertThat(refusedField(body.replace("32000", "0"))).isEqualTo("tiers.0.above");
        assertThat(refusedField(body.replace(
                        "\"output\": \"16\"}]",
                        "\"output\": \"16\"}, {\"above\": 32000, \"input\": \"5\", \"output\": \"20\"}]")))
                .isEqualTo("tiers.1.above");
        assertThat(refusedField(body.replace("night", " "))).isEqualTo("windows.0.name");
        assertThat(refusedField(body.replace("[\"mon\"]", "[]"))).isEqualTo("windows.0.days");
        assertThat(refusedField(body.replace("mon", "moonday"))).isEqualTo("windows.0.days");
        assertThat(refusedField(body.replace("22:00", "late"))).isEqualTo("windows.0.from");
        assertThat(refusedField(body.replace("06:00", "24:00"))).isEqualTo("windows.0.to");
        assertThat(refusedField(body.replace("\"factor\"", "\"zone\": \"Mars\", \"factor\"")))
                .isEqualTo("windows.0.zone");
        assertThat(refusedField(body.replace("0.5", "half"))).isEqualTo("windows.0.factor");
        assertThat(owner.put("/api/prices/rates/USD", "{\"rate\": \"7.12\"}").status())
                .isEqualTo(200);
        assertThat(owner.put("/api/prices/rates/CNY", "{\"rate\": \"1\"}").status())
                .isEqualTo(400);
        assertThat(owner.put("/api/prices/rates/EUR", "{\"rate\": \"0\"}").status())
                .isEqualTo(400);
    }

    @Test
    void a_rate_that_was_typed_wrongly_is_taken_back_once_and_the_others_stay() {
        owner.put("/api/prices/rates/USD", "{\"rate\": \"7.1\", \"validFrom\": \"2026-01-01T00:00:00Z\"}");
        var wrong = owner.put("/api/prices/rates/USD", "{\"rate\": \"71\"}")
                .json()
                .get("validFrom")
                .asText();

        assertThat(owner.delete("/api/prices/rates/USD?validFrom=" + wrong).status())
                .isEqualTo(204);

        assertThat(owner.get("/api/prices").json().get("rates"))
                .singleElement()
                .satisfies(rate -> assertThat(rate.get("rate").asText()).isEqualTo("7.1"));
        assertThat(owner.delete("/api/prices/rates/USD?validFrom=" + wrong).status())
                .isEqualTo(404);
        assertThat(owner.delete("/api/prices/rates/USD?validFrom=yesterday")
                        .json()
                        .get("field")
                        .asText())
                .isEqualTo("validFrom");
    }

    private String refusedField(String price) {
        var refused = owner.post("/api/prices", price);
        assertThat(refused.status()).isEqualTo(400);
        return refused.json().get("field").asText();
    }

    @Test
    void the_community_file_is_taken_over_once() {
        var file = """
                {"sample_spec": {"litellm_provider": "one of"},
                 "gpt-x": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1.5e-07,
                           "cache_read_input_token_cost": 7.5e-08, "output_cost_per_token": 6e-07},
                 "gemini/gemini-x": {"litellm_provider": "gemini", "mode": "chat", "input_cost_per_token": 1.25e-06,
                           "input_cost_per_token_above_200k_tokens": 2.5e-06, "output_cost_per_token": 1e-05,
                           "output_cost_per_token_above_200k_tokens": 1.5e-05},
                 "dashscope/qwen-x": {"litellm_provider": "dashscope", "mode": "chat", "tiered_pricing": [
                           {"range": [0, 32000.0], "input_cost_per_token": 1e-06, "output_cost_per_token": 4e-06},
                           {"range": [32000.0, 128000.0], "input_cost_per_token": 2e-06, "output_cost_per_token": 8e-06}]},
                 "odd": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": "much"},
                 "elsewhere": {"litellm_provider": "bedrock", "mode": "chat", "input_cost_per_token": 1e-06}}""";

        var dry = owner.post("/api/prices/import?dryRun=true", file).json();
        var first = owner.post("/api/prices/import", file).json();
        var second = owner.post("/api/prices/import", file).json();

        assertThat(dry.get("added").asInt()).isEqualTo(3);
        assertThat(first.get("added").asInt()).isEqualTo(3);
        assertThat(first.get("skipped").asInt()).isEqualTo(2);
        assertThat(first.get("problems").get(0).asText()).isEqualTo("odd");
        assertThat(second.get("added").asInt()).isZero();
        assertThat(owner.get("/api/prices").json().get("prices"))
                .filteredOn(price -> price.get("origin").asText().equals("import"))
                .extracting(price -> price.get("provider").asText() + " "
                        + price.get("model").asText() + " " + price.get("input").asText() + " "
                        + price.get("tiers").path(0).path("input").asText())
                .containsExactlyInAnyOrder("openai gpt-x 0.15 ", "gemini gemini-x 1.25 2.5", "qwen qwen-x 1 2");
        assertThat(owner.post("/api/prices/import", "[]").status()).isEqualTo(400);
    }

    @Test
    void budgets_are_set_changed_and_shown_and_the_books_keep_their_rules() {
        var added = owner.post(
                "/api/budgets", "{\"scope\":\"desk\",\"subject\":\"*\",\"period\":\"day\",\"amount\":\"20\"}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(owner.post(
                                "/api/budgets",
                                "{\"scope\":\"desk\",\"subject\":\"*\",\"period\":\"day\",\"amount\":\"30\"}")
                        .status())
                .isEqualTo(409);
        assertThat(owner.post("/api/budgets", "{\"scope\":\"hub\",\"period\":\"year\",\"amount\":\"30\"}")
                        .json()
                        .get("field")
                        .asText())
                .isEqualTo("period");
        var id = added.json().get("id").asText();
        assertThat(owner.put("/api/budgets/" + id, "{\"amount\":\"0.000000001\",\"enabled\":false}")
                        .json()
                        .get("amount")
                        .asText())
                .isEqualTo("0.000000001");
        assertThat(owner.put("/api/budgets/" + id, "{\"amount\":\"0.0000000001\",\"enabled\":true}")
                        .status())
                .isEqualTo(400);
        assertThat(owner.post("/api/budgets/" + id + "/reopen")
                        .json()
                        .get("reopened")
                        .asInt())
                .isZero();
        var rules = owner.put(
                "/api/budgets/rules",
                "{\"currency\":\"USD\",\"zone\":\"Asia/Shanghai\",\"deskZones\":{\"main\":\"Europe/Berlin\"},\"gracePercent\":5,\"closesOnExcess\":false}");
        assertThat(rules.status()).isEqualTo(200);
        assertThat(owner.post("/api/budgets/recount").json().get("differences")).isEmpty();
        var shown = owner.get("/api/budgets").json();
        assertThat(shown.get("rules").get("currency").asText()).isEqualTo("USD");
        assertThat(shown.get("budgets")).hasSize(1);
        assertThat(owner.delete("/api/budgets/" + id).status()).isEqualTo(204);
        assertThat(owner.delete("/api/budgets/" + id).status()).isEqualTo(404);
        assertThat(owner.get("/api/prices").json().get("currency").asText()).isEqualTo("USD");
    }

    @Test
    void usage_is_counted_by_whatever_is_asked_for_and_too_long_a_time_is_refused() {
        for (var by : new String[] {
            "desk", "channel", "assistant", "alias", "deployment", "model", "purpose", "outcome", "day", "hour"
        }) {
            assertThat(owner.get("/api/usage?by=" + by).status()).as(by).isEqualTo(200);
        }
        assertThat(owner.get("/api/usage/attempts").json().get("attempts")).isEmpty();
        assertThat(owner.get("/api/usage?from=2024-01-01T00:00:00Z").status()).isEqualTo(400);
        assertThat(owner.get("/api/usage?by=hour&from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z")
                        .status())
                .isEqualTo(400);
        assertThat(owner.get("/api/usage?by=moon").json().get("field").asText()).isEqualTo("by");
    }
}
