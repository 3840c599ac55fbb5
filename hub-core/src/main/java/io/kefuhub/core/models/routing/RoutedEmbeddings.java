package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Embedding;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.models.EmbeddingGateway;
import io.kefuhub.core.models.ModelOutcome.Why;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.catalogue.Catalogue;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.money.Reserving;
import io.kefuhub.core.models.money.Settlement;
import io.kefuhub.core.models.money.WorstCase;
import io.kefuhub.core.plugin.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the deployments behind the alias {@value EmbeddingGateway#ALIAS} for vectors. Safe for threads. */
public final class RoutedEmbeddings implements EmbeddingGateway {
    private static final int BATCH = 64;
    private static final int MOST_ATTEMPTS = 3;
    private static final double MARGIN = 1.15;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration EXPIRES = Duration.ofMinutes(4);

    private final Parts parts;
    private final Stations stations;

    public RoutedEmbeddings(Parts parts, RoutedModels models) {
        this.parts = parts;
        this.stations = models.stations();
    }

    /** What one batch came to. */
    private sealed interface Batch {
        record Done(List<float[]> vectors, long cost) implements Batch {}

        record Over(Embedded why) implements Batch {}
    }

    @Override
    public Optional<String> model() {
        return group(parts.keeper().now()).stream().findFirst().map(Deployment::model);
    }

    @Override
    public boolean hasLocal() {
        return group(parts.keeper().now()).stream()
                .anyMatch(deployment -> deployment.traits().local());
    }

    @Override
    public Embedded embed(Payer payer, boolean localOnly, List<String> texts, Cancel cancel) {
        var group = group(parts.keeper().now());
        if (group.isEmpty()) return new Embedded.NotOffered();
        var vectors = new ArrayList<float[]>();
        var cost = 0L;
        for (var from = 0; from < texts.size(); from += BATCH) {
            if (cancel.isRequested()) return new Embedded.NotNow(Why.DEADLINE, "it was called off");
            var batch = List.copyOf(texts.subList(from, Math.min(texts.size(), from + BATCH)));
            switch (batch(group, payer, localOnly, batch, cancel)) {
                case Batch.Done(var some, var paid) -> {
                    vectors.addAll(some);
                    cost += paid;
                }
                case Batch.Over(var why) -> {
                    return why;
                }
            }
        }
        var dimension = vectors.getFirst().length;
        if (vectors.stream().anyMatch(vector -> vector.length != dimension)) {
            return new Embedded.NotNow(Why.FAILED, "vectors of different lengths came");
        }
        return new Embedded.Vectors(vectors, group.getFirst().model(), dimension, cost);
    }

    /** The first deployment that is switched on, and those behind it with the same model: only their vectors compare. */
    private static List<Deployment> group(Catalogue catalogue) {
        var group = new ArrayList<Deployment>();
        catalogue.alias(ALIAS).ifPresent(alias -> {
            for (var key : alias.deployments()) {
                catalogue
                        .deployment(key)
                        .filter(Deployment::enabled)
                        .filter(one ->
                                group.isEmpty() || group.getFirst().model().equals(one.model()))
                        .ifPresent(group::add);
            }
        });
        return group;
    }

    private Batch batch(List<Deployment> group, Payer payer, boolean localOnly, List<String> texts, Cancel cancel) {
        Batch last = over(Why.NO_MODEL, "nothing that embeds can be asked");
        var attempts = 0;
        var staysLocal = localOnly || isBound(payer);
        for (var round = 0; round < 2; round++) {
            for (var deployment : group) {
                if (attempts >= MOST_ATTEMPTS || cancel.isRequested()) return last;
                if (deployment.off().isPresent()
                        || (staysLocal && !deployment.traits().local())) continue;
                var entered = enter(deployment, cancel);
                if (entered.isEmpty()) {
                    last = over(Why.BUSY, deployment.key() + " rests, cools or is full");
                    continue;
                }
                attempts++;
                last = call(entered.get(), payer, texts);
                if (last instanceof Batch.Done || !mayGoOn(last)) return last;
            }
        }
        return last;
    }

    /** For what the hub asks of itself, only the caller knows whose texts they are. */
    private boolean isBound(Payer payer) {
        return !payer.desk().isEmpty()
                && parts.keeper().now().rules().desk(payer.desk()).localOnly();
    }

    private static boolean mayGoOn(Batch batch) {
        return batch instanceof Batch.Over(Embedded.NotNow(var why, var _)) && (why == Why.FAILED || why == Why.BUSY);
    }

    private static Batch over(Why why, String detail) {
        return new Batch.Over(new Embedded.NotNow(why, detail));
    }

    private Optional<Candidate> enter(Deployment deployment, Cancel cancel) {
        var station = stations.of(deployment);
        var slot = parts.contributions().now().aiProvider(deployment.instance());
        if (slot.isEmpty() || station.isResting() || station.isCooling()) return Optional.empty();
        var tempo = parts.tempo().get();
        if (!station.line.enter(tempo.line(), tempo.waiting(), cancel)) return Optional.empty();
        if (station.breaker().tryAcquirePermission()) {
            return Optional.of(new Candidate(deployment, station, slot.get(), true));
        }
        station.line.leave();
        return Optional.empty();
    }

    private Batch call(Candidate at, Payer payer, List<String> texts) {
        var station = at.station();
        var judged = false;
        try {
            var estimate = estimate(at.deployment(), texts);
            var taken = station.tokens.take(estimate);
            if (taken < 0)
                return over(Why.LIMIT, "tokens per minute of " + at.deployment().key());
            var worst = worst(at, payer, estimate);
            var refusal = reserve(at, worst);
            if (refusal.isPresent()) {
                station.tokens.settle(taken, 0);
                return refusal.get();
            }
            judged = true;
            return ask(at, worst, texts, taken);
        } finally {
            if (!judged) station.breaker().releasePermission();
            station.line.leave();
        }
    }

    private long estimate(Deployment deployment, List<String> texts) {
        var tokens = 0L;
        for (var text : texts) tokens += parts.estimate().text(deployment.model(), text) + 1;
        return (long) Math.ceil(tokens * MARGIN);
    }

    private WorstCase worst(Candidate at, Payer payer, long estimate) {
        var deployment = at.deployment();
        return new WorstCase(
                parts.ids().next(),
                payer,
                Purpose.EMBEDDING,
                ALIAS,
                deployment.key(),
                at.slot().contribution(),
                deployment.model(),
                deployment.billing().unpriced(),
                estimate,
                0,
                parts.clock().instant().plus(EXPIRES));
    }

    private Optional<Batch> reserve(Candidate at, WorstCase worst) {
        switch (parts.ledger().reserveToSend(worst)) {
            case Reserving.Reserved _ -> {}
            case Reserving.Short(var budget, var _) -> {
                return Optional.of(over(Why.BUDGET, budget));
            }
            case Reserving.Unpriced() -> {
                return Optional.of(over(Why.NO_MODEL, at.deployment().key() + " has no price"));
            }
            case Reserving.Away() -> {
                return Optional.of(over(Why.DATABASE_AWAY, "the books cannot be written"));
            }
        }
        if (!at.station().requests.permits()) {
            settle(worst, "unsent", "refused by a limit", Usage.UNKNOWN, false, Duration.ZERO);
            return Optional.of(
                    over(Why.LIMIT, "requests per minute of " + at.deployment().key()));
        }
        try {
            if (parts.ledger().dispatched(worst.attempt())) return Optional.empty();
            return Optional.of(over(Why.DEADLINE, "what was kept for it had been given back"));
        } catch (DatabaseAwayException e) {
            settle(worst, "unsent", "the books cannot be written", Usage.UNKNOWN, false, Duration.ZERO);
            return Optional.of(over(Why.DATABASE_AWAY, "the books cannot be written"));
        }
    }

    private Batch ask(Candidate at, WorstCase worst, List<String> texts, long taken) {
        var station = at.station();
        station.called();
        var start = System.nanoTime();
        var asked = parts.guard().embed(at.slot(), at.deployment().model(), texts);
        var took = Duration.ofNanos(System.nanoTime() - start);
        var embedding = asked.answer().orElseGet(() -> new Embedding.Failed(asked.problem()));
        var estimated = new Usage(false, worst.inputTokens(), 0, 0, 0);
        var failures = at.deployment().billing().failures();
        var word = word(embedding, asked);
        var usage = embedding instanceof Embedding.Vectors(var _, var said) && said.reported() ? said : estimated;
        var billed = embedding instanceof Embedding.Vectors || failures || asked instanceof Asked.Late<?>;
        var cost = settle(worst, word, detail(embedding), usage, billed, took);
        station.tokens.settle(taken, billed ? usage.input() : 0);
        parts.metrics()
                .embedded(at.slot().contribution(), at.deployment(), took, word.equals("answered") ? "" : word, usage);
        return switch (embedding) {
            case Embedding.Vectors(var values, var _)
            when values.size() == texts.size() -> {
                station.worked(Duration.ZERO);
                yield new Batch.Done(values, cost);
            }
            case Embedding.Vectors(var values, var _) -> {
                station.failed(took);
                yield over(Why.FAILED, values.size() + " vectors came for " + texts.size() + " texts");
            }
            case Embedding.NotOffered() -> {
                station.breaker().releasePermission();
                yield new Batch.Over(new Embedded.NotOffered());
            }
            case Embedding.RetryLater(var pause) -> {
                station.breaker().releasePermission();
                yield later(at, pause);
            }
            case Embedding.Failed(var reason) -> {
                station.failed(took);
                yield over(Why.FAILED, at.deployment().key() + ": " + reason);
            }
        };
    }

    /** A short pause is waited for, a long one is kept to. */
    private Batch later(Candidate at, Duration pause) {
        var tempo = parts.tempo().get();
        if (pause.compareTo(tempo.longestWait()) > 0) {
            at.station().cool(pause);
        } else {
            try {
                var nobody = new CountDownLatch(1);
                nobody.await(Math.max(tempo.backoff().toNanos(), pause.toNanos()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return over(Why.BUSY, at.deployment().key() + " asks to be left alone for a while");
    }

    private static String word(Embedding embedding, Asked<Embedding> asked) {
        return switch (embedding) {
            case Embedding.Vectors _ -> "answered";
            case Embedding.NotOffered _ -> "refused";
            case Embedding.RetryLater _ -> "rate-limited";
            case Embedding.Failed _ -> asked instanceof Asked.Late<?> ? "timed-out" : "broken";
        };
    }

    private static String detail(Embedding embedding) {
        return embedding instanceof Embedding.Failed(var reason) ? reason : "";
    }

    private long settle(WorstCase worst, String word, String detail, Usage usage, boolean billed, Duration took) {
        var dispatched = !word.equals("unsent");
        var settlement = new Settlement(
                worst.attempt(), word, detail, dispatched, usage, billed && dispatched, Duration.ZERO, took);
        try {
            return parts.ledger().settle(settlement).get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
