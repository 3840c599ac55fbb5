package io.kefuhub.core;

import io.kefuhub.core.answering.Sentences;
import io.kefuhub.core.answering.ai.AiFactory;
import io.kefuhub.core.answering.ai.AiRules;
import io.kefuhub.core.answering.ai.Passages;
import io.kefuhub.core.answering.ai.cache.AnswerCache;
import io.kefuhub.core.answering.ai.cache.CacheRules;
import io.kefuhub.core.answering.ai.context.Recollection;
import io.kefuhub.core.answering.ai.context.Summaries;
import io.kefuhub.core.answering.ai.context.SummaryRules;
import io.kefuhub.core.answering.feedback.Feedback;
import io.kefuhub.core.answering.feedback.FeedbackRoutes;
import io.kefuhub.core.answering.knowledge.Knowledge;
import io.kefuhub.core.answering.knowledge.Proposing;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.conversation.Commit;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.counting.Factors;
import io.kefuhub.core.models.counting.Tokens;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.rules.LiveRules;
import io.kefuhub.core.telemetry.Metrics;
import io.kefuhub.core.web.RouteModule;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The assistants that ask models, and what people think of their answers, put together. */
final class AnsweringRoom implements AutoCloseable {
    private final Recollection recollection;
    private final Feedback feedback;
    private final AnswerCache cache;
    private final Offer<AiFactory> offer;

    /**
     * What assistants work on.
     *
     * @param behind says what stands behind an alias
     * @param proposing where corrections wait for review
     * @param desks finds a desk's id by its key
     */
    record Parts(
            Database database,
            AuditLog audit,
            Clock clock,
            ModelGateway models,
            Function<String, String> behind,
            Tokens tokens,
            Knowledge knowledge,
            Passages passages,
            Proposing proposing,
            Function<String, Optional<UUID>> desks,
            Sentences sentences,
            LiveRules rules) {}

    AnsweringRoom(Parts parts) {
        var tokens = parts.tokens();
        cache = new AnswerCache(parts.clock(), parts.rules().as(CacheRules::of));
        var summarising = parts.rules().as(SummaryRules::of);
        var summaries = new Summaries(parts.database(), parts.models(), tokens, parts.clock(), summarising);
        recollection = new Recollection(parts.database(), summaries, parts.clock(), summarising);
        feedback = new Feedback(parts.database(), parts.audit(), cache, parts.proposing(), parts.clock());
        offer = Offer.ofHub(new AiFactory(new AiFactory.Mind(
                parts.models(),
                parts.behind(),
                parts.knowledge(),
                parts.passages(),
                parts.desks(),
                parts.sentences(),
                recollection,
                cache,
                tokens,
                new Factors(),
                parts.rules().as(AiRules::of))));
    }

    void addTo(Metrics metrics) {
        metrics.counters(
                "kefuhub_answer_cache_total", "Questions to assistants by what the cache made of them.", () -> {
                    var counts = new HashMap<Map<String, String>, Double>();
                    cache.looks().forEach((result, count) -> counts.put(Map.of("result", result), (double) count));
                    return counts;
                });
    }

    /** What admins make assistants of. */
    Offer<AiFactory> offer() {
        return offer;
    }

    RouteModule routes() {
        return new FeedbackRoutes(feedback);
    }

    /** Looks on at conversations, to remember them and to learn what was not liked. */
    void follow(Topic<Commit> commits) {
        commits.subscribe(recollection::committed);
        commits.subscribe(feedback::committed);
    }

    @Override
    public void close() {
        recollection.close();
    }
}
