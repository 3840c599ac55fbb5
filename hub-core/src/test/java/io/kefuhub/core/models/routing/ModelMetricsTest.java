package io.kefuhub.core.models.routing;

import static io.kefuhub.core.models.routing.ModelServer.failing;
import static io.kefuhub.core.models.routing.ModelServer.saying;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.Cancel;
import io.kefuhub.core.models.EmbeddingGateway;
import io.kefuhub.core.models.Payer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names, labels and edges as they are published for generative AI, and the hub's own beside them. */
class ModelMetricsTest {
    private final RoutingBench bench = new RoutingBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_call_counts_under_the_published_names_with_the_published_edges() {
        bench.alias("support", "a");
        bench.server.plays("a", saying("Hello, this is long enough", " to be more", " than one piece."));

        bench.ask("support");

        var call = "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"one\",gen_ai_request_model=\"a\"";
        assertThat(edges("gen_ai_client_operation_duration_seconds", call + ",error_type=\"\""))
                .containsExactly(
                        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
        assertThat(edges("gen_ai_client_operation_time_to_first_chunk_seconds", call))
                .containsExactly(
                        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
        assertThat(edges("gen_ai_client_operation_time_per_output_chunk_seconds", call))
                .containsExactly(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5);
        for (var kind : List.of("input", "output")) {
            assertThat(edges("gen_ai_client_token_usage", call + ",gen_ai_token_type=\"" + kind + "\""))
                    .containsExactly(
                            1.0,
                            4.0,
                            16.0,
                            64.0,
                            256.0,
                            1_024.0,
                            4_096.0,
                            16_384.0,
                            65_536.0,
                            262_144.0,
                            1_048_576.0,
                            4_194_304.0,
                            16_777_216.0,
                            67_108_864.0);
        }
        var ratio = "gen_ai_provider_name=\"one\",gen_ai_request_model=\"a\"";
        assertThat(edges("kefuhub_model_estimate_ratio", ratio)).contains(1.0, 2.0);
        assertThat(bench.metrics.text())
                .contains("gen_ai_client_token_usage_sum{" + call + ",gen_ai_token_type=\"input\"} 100")
                .contains("kefuhub_model_attempts_total{deployment=\"a\",outcome=\"answered\"} 1")
                .contains("kefuhub_model_questions_total{alias=\"support\",purpose=\"answer\",outcome=\"answered\"} 1")
                .contains("kefuhub_model_breaker{deployment=\"a\",state=\"closed\"} 1")
                .contains("kefuhub_model_calls_under_way{deployment=\"a\"} 0")
                .doesNotContain("parcel");
    }

    @Test
    void an_error_has_its_type_and_a_vector_its_own_operation() {
        bench.alias("support", "a");
        bench.server.plays("a", failing(400));
        bench.alias(EmbeddingGateway.ALIAS, "v");
        bench.server.plays("v", call -> call.status(200));

        bench.ask("support");
        bench.embeddings.embed(Payer.apart("service", "knowledge"), false, List.of("one", "two"), Cancel.NEVER);

        assertThat(bench.metrics.text())
                .contains("gen_ai_client_operation_duration_seconds_count{gen_ai_operation_name=\"chat\","
                        + "gen_ai_provider_name=\"one\",gen_ai_request_model=\"a\",error_type=\"refused\"} 1")
                .contains("gen_ai_client_operation_duration_seconds_count{gen_ai_operation_name=\"embeddings\","
                        + "gen_ai_provider_name=\"one\",gen_ai_request_model=\"v\",error_type=\"\"} 1")
                .contains("gen_ai_client_token_usage_sum{gen_ai_operation_name=\"embeddings\","
                        + "gen_ai_provider_name=\"one\",gen_ai_request_model=\"v\",gen_ai_token_type=\"input\"} 20");
    }

    /** The upper edges of the buckets of one series, but for the endless one. */
    private List<Double> edges(String name, String labels) {
        var line = Pattern.compile("^" + Pattern.quote(name + "_bucket{" + labels + ",le=\"") + "([0-9.Ee+]+)\"");
        return bench.metrics
                .text()
                .lines()
                .map(line::matcher)
                .flatMap(found ->
                        found.find() ? Optional.of(found.group(1)).stream() : Optional.<String>empty().stream())
                .map(Double::valueOf)
                .toList();
    }
}
