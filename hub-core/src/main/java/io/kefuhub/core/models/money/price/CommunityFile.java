package io.kefuhub.core.models.money.price;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.web.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Prices from the community's file, {@code model_prices_and_context_window.json}: one object a model, in US dollars a
 * token. Only models of providers that the hub speaks to are read.
 *
 * @param skipped how many models are of other providers or kinds, or have no price of tokens
 * @param problems of models that should have been read, by their name in the file
 */
public record CommunityFile(List<Price> prices, int skipped, List<String> problems) {
    private static final String CURRENCY = "USD";
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final int MOST_PROBLEMS = 50;
    private static final Set<String> MODES = Set.of("chat", "completion", "responses", "embedding");
    private static final Pattern ABOVE = Pattern.compile("input_cost_per_token_above_(\\d+)k_tokens");

    /** What the file calls the providers that the hub speaks to. */
    private static final Map<String, String> PROVIDERS = Map.of(
            "openai", "openai",
            "anthropic", "anthropic",
            "gemini", "gemini",
            "deepseek", "deepseek",
            "dashscope", "qwen",
            "moonshot", "moonshot",
            "zai", "glm",
            "ollama", "ollama");

    /** Reads the file; throws {@link IllegalArgumentException} when it is not such a one. */
    public static CommunityFile read(byte[] bytes, Ids ids, Instant now, String source) {
        var root = Json.tree(new String(bytes, StandardCharsets.UTF_8));
        if (!root.isObject()) throw new IllegalArgumentException("an object of models is expected");
        var prices = new ArrayList<Price>();
        var problems = new ArrayList<String>();
        var skipped = 0;
        for (var entry : root.properties()) {
            if (!isPriced(entry.getKey(), entry.getValue())) {
                skipped++;
                continue;
            }
            try {
                prices.add(price(entry.getKey(), entry.getValue(), ids, now, source));
            } catch (IllegalArgumentException e) {
                if (problems.size() < MOST_PROBLEMS) problems.add(entry.getKey());
            }
        }
        return new CommunityFile(List.copyOf(prices), skipped, List.copyOf(problems));
    }

    private static boolean isPriced(String name, JsonNode node) {
        return !name.equals("sample_spec")
                && node.isObject()
                && PROVIDERS.containsKey(node.path("litellm_provider").asText())
                && MODES.contains(node.path("mode").asText("chat"))
                && (node.has("input_cost_per_token") || node.has("tiered_pricing"));
    }

    private static Price price(String name, JsonNode node, Ids ids, Instant now, String source) {
        var theirs = node.path("litellm_provider").asText();
        var model = name.startsWith(theirs + "/") ? name.substring(theirs.length() + 1) : name;
        var bands = bands(node);
        var base = bands.isEmpty() ? prices(node, "") : prices(bands.getFirst(), "");
        var tiers = new ArrayList<Tier>();
        for (var i = 1; i < bands.size(); i++) {
            tiers.add(new Tier(bands.get(i).path("range").path(0).asLong(), prices(bands.get(i), "")));
        }
        for (var field : node.properties()) {
            var above = ABOVE.matcher(field.getKey());
            if (bands.isEmpty() && above.matches()) {
                tiers.add(new Tier(
                        Long.parseLong(above.group(1)) * 1_000, prices(node, "_above_" + above.group(1) + "k_tokens")));
            }
        }
        return new Price(
                ids.next(),
                PROVIDERS.getOrDefault(theirs, theirs),
                model,
                List.of(),
                CURRENCY,
                now,
                Optional.empty(),
                new Terms(
                        base,
                        tiers,
                        Tier.Rule.WHOLE,
                        List.of(),
                        BigDecimal.ONE,
                        decimal(node, "input_cost_per_request").orElse(BigDecimal.ZERO),
                        BigDecimal.ZERO),
                node.path("source").asText(source),
                Optional.empty(),
                false,
                Price.Origin.IMPORT,
                Optional.empty());
    }

    private static List<JsonNode> bands(JsonNode node) {
        var bands = new ArrayList<JsonNode>();
        node.path("tiered_pricing").forEach(bands::add);
        if (bands.stream().anyMatch(band -> !band.has("range") || !band.has("input_cost_per_token"))) {
            throw new IllegalArgumentException("a band without a range or a price");
        }
        return bands;
    }

    private static PerMillion prices(JsonNode node, String above) {
        var input = perMillion(node, "input_cost_per_token" + above);
        var output =
                perMillion(node, "output_cost_per_token" + above).or(() -> perMillion(node, "output_cost_per_token"));
        return new PerMillion(
                input.orElseThrow(() -> new IllegalArgumentException("no price of input")),
                perMillion(node, "cache_read_input_token_cost" + above),
                perMillion(node, "cache_creation_input_token_cost" + above),
                perMillion(node, "cache_creation_input_token_cost_above_1hr" + above),
                output.orElse(BigDecimal.ZERO),
                perMillion(node, "output_cost_per_reasoning_token" + above));
    }

    private static Optional<BigDecimal> perMillion(JsonNode node, String field) {
        return decimal(node, field).map(price -> plain(price.multiply(MILLION)));
    }

    private static Optional<BigDecimal> decimal(JsonNode node, String field) {
        var value = node.get(field);
        if (value == null || value.isNull()) return Optional.empty();
        if (!value.isNumber()) throw new IllegalArgumentException("a number is expected");
        return Optional.of(plain(value.decimalValue()));
    }

    private static BigDecimal plain(BigDecimal decimal) {
        var plain = decimal.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
