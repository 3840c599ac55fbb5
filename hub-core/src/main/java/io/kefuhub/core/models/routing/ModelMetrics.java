package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.telemetry.Metrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Counts questions to models: under the names and with the edges that OpenTelemetry publishes for them, and further ones
 * of the hub's own. Never what was said. Safe for threads.
 */
public final class ModelMetrics {
    private static final int STEPS = 14;
    private static final List<Double> OPERATION =
            IntStream.range(0, STEPS).mapToObj(step -> 0.01 * (1 << step)).toList();
    private static final List<Double> FIRST =
            List.of(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
    private static final List<Double> PER_CHUNK =
            List.of(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5);
    private static final List<Double> TOKENS =
            IntStream.range(0, STEPS).mapToObj(step -> Math.pow(4, step)).toList();
    private static final List<Double> ESTIMATES = List.of(0.5, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 5.0);
    private static final String[] CALL = {"gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model"};

    private final Metrics metrics;
    private final Metrics.Durations operations;
    private final Metrics.Durations firstChunks;
    private final Metrics.Durations perChunk;
    private final Metrics.Amounts tokens;
    private final Metrics.Amounts estimates;
    private final Metrics.Counter attempts;
    private final Metrics.Counter outcomes;
    private final Metrics.Counter hedges;

    public ModelMetrics(Metrics metrics) {
        this.metrics = metrics;
        operations = metrics.durations(
                "gen_ai_client_operation_duration_seconds",
                "Calls to models.",
                OPERATION,
                CALL[0],
                CALL[1],
                CALL[2],
                "error_type");
        firstChunks = metrics.durations(
                "gen_ai_client_operation_time_to_first_chunk_seconds", "Until the first piece of text.", FIRST, CALL);
        perChunk = metrics.durations(
                "gen_ai_client_operation_time_per_output_chunk_seconds",
                "From one piece of text to the next.",
                PER_CHUNK,
                CALL);
        tokens = metrics.amounts(
                "gen_ai_client_token_usage",
                "Tokens of a call, as the provider counts them.",
                TOKENS,
                CALL[0],
                CALL[1],
                CALL[2],
                "gen_ai_token_type");
        estimates = metrics.amounts(
                "kefuhub_model_estimate_ratio",
                "Tokens kept for a question, for one that the provider counted.",
                ESTIMATES,
                CALL[1],
                CALL[2]);
        attempts = metrics.counter("kefuhub_model_attempts_total", "Calls to models.", "deployment", "outcome");
        outcomes = metrics.counter(
                "kefuhub_model_questions_total", "Questions to aliases.", "alias", "purpose", "outcome");
        hedges =
                metrics.counter("kefuhub_model_hedges_total", "Second calls because the first was slow.", "deployment");
    }

    void watch(Stations stations) {
        metrics.gauges("kefuhub_model_breaker", "1 for the state a deployment is in.", () -> {
            var states = new HashMap<Map<String, String>, Double>();
            for (var station : stations.all()) {
                var health = station.health();
                states.put(Map.of("deployment", health.deployment(), "state", health.breaker()), 1.0);
            }
            return states;
        });
        metrics.gauges("kefuhub_model_calls_under_way", "Calls to a deployment now.", () -> {
            var calls = new HashMap<Map<String, String>, Double>();
            for (var station : stations.all()) {
                calls.put(Map.of("deployment", station.deployment().key()), (double) station.line.inside());
            }
            return calls;
        });
    }

    void ended(Attempt attempt, Fate fate, Usage usage, long now) {
        var provider = attempt.slot().contribution();
        var model = attempt.deployment().model();
        var error = fate.kind() == Fate.Kind.ANSWERED ? "" : fate.word();
        operations.add(attempt.took(now), "chat", provider, model, error);
        attempts.add(1, attempt.deployment().key(), fate.word());
        if (attempt.hasContent() && attempt.request.stream()) {
            firstChunks.add(attempt.firstContent(), "chat", provider, model);
            attempt.perPiece().ifPresent(one -> perChunk.add(one, "chat", provider, model));
        }
        tokens("chat", provider, model, usage);
        if (usage.reported() && usage.input() > 0) {
            estimates.add((double) attempt.estimate / usage.input(), provider, model);
        }
    }

    void embedded(String provider, Deployment deployment, Duration took, String error, Usage usage) {
        operations.add(took, "embeddings", provider, deployment.model(), error);
        attempts.add(1, deployment.key(), error.isEmpty() ? "answered" : error);
        tokens("embeddings", provider, deployment.model(), usage);
    }

    private void tokens(String operation, String provider, String model, Usage usage) {
        if (!usage.reported()) return;
        tokens.add(usage.input(), operation, provider, model, "input");
        tokens.add(usage.output(), operation, provider, model, "output");
    }

    void hedged(Deployment deployment) {
        hedges.add(1, deployment.key());
    }

    void answered(ModelQuestion question, ModelOutcome outcome) {
        outcomes.add(1, question.alias(), word(question.purpose()), word(outcome));
    }

    private static String word(Purpose purpose) {
        return purpose.name().toLowerCase(Locale.ROOT);
    }

    private static String word(ModelOutcome outcome) {
        return switch (outcome) {
            case ModelOutcome.Answered _ -> "answered";
            case ModelOutcome.Partial _ -> "partial";
            case ModelOutcome.Withheld _ -> "withheld";
            case ModelOutcome.TooLong _ -> "too_long";
            case ModelOutcome.Cancelled _ -> "cancelled";
            case ModelOutcome.NotAnswered(var why, var _, var _, var _) ->
                why.name().toLowerCase(Locale.ROOT);
        };
    }
}
