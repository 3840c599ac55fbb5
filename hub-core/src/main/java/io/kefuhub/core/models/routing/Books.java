package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.TokenEstimate;
import io.kefuhub.core.models.money.Ledger;
import io.kefuhub.core.models.money.Settlement;
import io.kefuhub.core.plugin.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down how the calls of one question ended. One thread only. */
final class Books {
    private static final Logger LOG = LoggerFactory.getLogger(Books.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ModelQuestion question;
    private final Ledger ledger;
    private final TokenEstimate estimate;
    private final PayerLimits.Desk desk;
    private final List<CompletableFuture<Long>> costs = new ArrayList<>();

    Books(ModelQuestion question, Ledger ledger, TokenEstimate estimate, PayerLimits.Desk desk) {
        this.question = question;
        this.ledger = ledger;
        this.estimate = estimate;
        this.desk = desk;
    }

    /** Ends the reservation of a call that was never made. */
    void unsent(UUID attempt, String detail) {
        settle(new Settlement(attempt, "unsent", detail, false, Usage.UNKNOWN, false, Duration.ZERO, Duration.ZERO));
    }

    /**
     * @param said what the provider's plugin said; empty when it has not come back
     * @return what it used, as far as anybody knows
     */
    Usage ended(Attempt attempt, Fate fate, Optional<Asked<AiReply>> said, long now) {
        var dispatched = said.map(Books::dispatched).orElse(true);
        var usage = usage(attempt, said);
        var hasText = usage.output() > 0;
        var billed = dispatched && (usage.reported() || hasText || isBilled(attempt, fate));
        var used = billed ? usage.input() + usage.output() : 0;
        attempt.station().tokens.settle(attempt.taken.deployment(), used);
        desk.tokens().settle(attempt.taken.desk(), used);
        if (usage.reported()) estimate.counted(attempt.deployment().model(), question, usage);
        settle(new Settlement(
                attempt.id,
                fate.word(),
                fate.detail(),
                dispatched,
                usage,
                billed,
                attempt.firstContent(),
                attempt.took(now)));
        return usage;
    }

    /** What it costs that nothing came: by the provider's habit for errors, the question for what was given up. */
    private static boolean isBilled(Attempt attempt, Fate fate) {
        return switch (fate.kind()) {
            case ANSWERED, CALLED_OFF, OUT_OF_TIME -> true;
            case GONE -> false;
            case AGAIN ->
                fate.word().equals("timed-out")
                        || attempt.deployment().billing().failures();
            case LATER, OFF, TOO_LONG, WITHHELD, REFUSED ->
                attempt.deployment().billing().failures();
        };
    }

    private static boolean dispatched(Asked<AiReply> asked) {
        return switch (asked) {
            case Asked.Answered<AiReply>(var reply, var _) -> reply.dispatched();
            case Asked.Failed<AiReply> _, Asked.Late<AiReply> _ -> true;
            case Asked.Unavailable<AiReply> _ -> false;
        };
    }

    private Usage usage(Attempt attempt, Optional<Asked<AiReply>> said) {
        var reply = said.flatMap(Asked::answer);
        var reported = reply.map(Books::usage).filter(Usage::reported).orElse(attempt.usage());
        if (reported.reported()) return reported;
        var text = text(attempt, said);
        var output = text.isEmpty() ? 0 : estimate.text(attempt.deployment().model(), text);
        return new Usage(false, attempt.estimate, 0, output, 0);
    }

    /** As much of the answer as is known. */
    static String text(Attempt attempt, Optional<Asked<AiReply>> said) {
        var streamed = attempt.text();
        return said.flatMap(Asked::answer)
                .map(Books::text)
                .filter(whole -> whole.length() > streamed.length())
                .orElse(streamed);
    }

    private static Usage usage(AiReply reply) {
        return switch (reply) {
            case AiReply.Answer answer -> answer.usage();
            case AiReply.Broken broken -> broken.usage();
            case AiReply.Cancelled cancelled -> cancelled.usage();
            default -> Usage.UNKNOWN;
        };
    }

    private static String text(AiReply reply) {
        return switch (reply) {
            case AiReply.Answer answer -> answer.text();
            case AiReply.Broken broken -> broken.textSoFar();
            case AiReply.Cancelled cancelled -> cancelled.textSoFar();
            default -> "";
        };
    }

    private void settle(Settlement settlement) {
        try {
            var known = ledger.cost(settlement);
            var written = ledger.settle(settlement);
            costs.add(known.isPresent() ? CompletableFuture.completedFuture(known.getAsLong()) : written);
        } catch (RuntimeException e) {
            LOG.error("An attempt is not in the books yet: {}", settlement.attempt(), e);
        }
    }

    /** What the last call that ended cost, once that is known. */
    CompletableFuture<Long> lastCost() {
        return costs.isEmpty() ? CompletableFuture.completedFuture(0L) : costs.getLast();
    }

    /** What all calls cost, once that is known; what the books do not say in time counts as nothing. */
    long total() {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var sum = 0L;
        for (var cost : costs) {
            try {
                sum += cost.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.error("An attempt is not in the books yet", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return sum;
            }
        }
        return sum;
    }
}
