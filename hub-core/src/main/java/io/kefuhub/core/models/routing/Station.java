package io.kefuhub.core.models.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.catalogue.Health;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** How one deployment fares: who is there, what it may still take, whether it rests. Safe for threads. */
final class Station {
    private static final Duration RETRIES_OVER = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    final WaitingLine line;
    final TokenBucket tokens;
    final RequestLimit requests;
    final FirstContents firstContents;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final Consumer<Station> rests;
    private final RecentCount calls;
    private final RecentCount repeats;
    private final AtomicLong coolUntil;
    private final AtomicInteger failedInARow = new AtomicInteger();
    private volatile Deployment deployment;
    private volatile Paced paced;

    /** The tempo by which it is judged. */
    private record Paced(Tempo tempo, CircuitBreaker breaker) {}

    /** @param rests told each time it begins to rest; must not wait */
    Station(Deployment deployment, Tempo tempo, LongSupplier nanoTime, InstantSource clock, Consumer<Station> rests) {
        this.deployment = deployment;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.rests = rests;
        var limits = deployment.limits();
        line = new WaitingLine(limits.concurrency());
        tokens = new TokenBucket(limits.tokensPerMinute(), nanoTime);
        requests = new RequestLimit(limits.requestsPerMinute(), MINUTE);
        firstContents = new FirstContents(nanoTime);
        calls = new RecentCount(RETRIES_OVER, nanoTime);
        repeats = new RecentCount(RETRIES_OVER, nanoTime);
        coolUntil = new AtomicLong(nanoTime.getAsLong());
        paced = new Paced(tempo, breaker(tempo));
    }

    private CircuitBreaker breaker(Tempo tempo) {
        var made = CircuitBreaker.of(deployment.key(), breaker(deployment, tempo, clock));
        made.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) rests.accept(this);
        });
        return made;
    }

    /** Judges by another tempo from now on; its calls until now count no more, and one that rests goes on resting. */
    void pace(Tempo changed) {
        if (!paced.tempo().equals(changed)) judgeBy(changed);
    }

    private synchronized void judgeBy(Tempo changed) {
        var before = paced;
        if (before.tempo().rest().equals(changed.rest())
                && think(before.tempo()).equals(think(changed))) {
            paced = new Paced(changed, before.breaker());
            return;
        }
        var rested = before.breaker().getState() == CircuitBreaker.State.OPEN;
        var breaker = breaker(changed);
        failedInARow.set(0);
        paced = new Paced(changed, breaker);
        if (rested) breaker.transitionToOpenState();
    }

    /** How much longer a model that thinks first may take to begin. */
    private static Duration think(Tempo tempo) {
        return tempo.firstContentReasoning().minus(tempo.firstContent());
    }

    private static CircuitBreakerConfig breaker(Deployment deployment, Tempo tempo, InstantSource clock) {
        var rest = tempo.rest();
        var slow = deployment.traits().reasoning() && think(tempo).isPositive()
                ? rest.slow().plus(think(tempo))
                : rest.slow();
        return CircuitBreakerConfig.custom()
                .clock(clock.withZone(ZoneOffset.UTC))
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
                .slidingWindowSize((int) Math.max(1, rest.window().toSeconds()))
                .minimumNumberOfCalls(rest.calls())
                .failureRateThreshold(rest.failedPercent())
                .slowCallRateThreshold(rest.slowPercent())
                .slowCallDurationThreshold(slow)
                .permittedNumberOfCallsInHalfOpenState(rest.probes())
                .waitIntervalFunctionInOpenState(
                        IntervalFunction.ofExponentialBackoff(rest.open(), 2, rest.longestOpen()))
                .build();
    }

    Deployment deployment() {
        return deployment;
    }

    /** Goes on under other limits, which counts from now. */
    void adapt(Deployment changed) {
        deployment = changed;
        line.resize(changed.limits().concurrency());
        tokens.resize(changed.limits().tokensPerMinute());
        requests.resize(changed.limits().requestsPerMinute());
    }

    /** Whether what is known of it holds for the other one too. */
    boolean isFor(Deployment other) {
        return deployment.instance().equals(other.instance())
                && deployment.model().equals(other.model())
                && deployment.traits().reasoning() == other.traits().reasoning();
    }

    // Rest

    CircuitBreaker breaker() {
        return paced.breaker();
    }

    boolean isResting() {
        return breaker().getState() == CircuitBreaker.State.OPEN;
    }

    boolean isHealthy() {
        return breaker().getState() == CircuitBreaker.State.CLOSED && !isCooling();
    }

    void worked(Duration firstContent) {
        failedInARow.set(0);
        breaker().onSuccess(firstContent.toNanos(), TimeUnit.NANOSECONDS);
    }

    void failed(Duration took) {
        breaker().onError(took.toNanos(), TimeUnit.NANOSECONDS, FailedCallException.ONE);
        // Where many calls went well until now, half of them would be far too many.
        if (failedInARow.incrementAndGet() >= paced.tempo().rest().calls()
                && breaker().getState() == CircuitBreaker.State.CLOSED) {
            failedInARow.set(0);
            breaker().transitionToOpenState();
        }
    }

    /** Asks nothing of it for a while, as it wished. */
    void cool(Duration pause) {
        var until = nanoTime.getAsLong() + pause.toNanos();
        coolUntil.accumulateAndGet(until, (before, wanted) -> wanted - before > 0 ? wanted : before);
    }

    boolean isCooling() {
        return coolUntil.get() - nanoTime.getAsLong() > 0;
    }

    /** What is left of the pause it wished for. */
    Optional<Duration> coolsFor() {
        var left = coolUntil.get() - nanoTime.getAsLong();
        return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
    }

    Health health() {
        return new Health(
                deployment.key(),
                breaker().getState().name().toLowerCase(Locale.ROOT),
                isCooling(),
                line.inside(),
                firstContents.most());
    }

    // Retry budget

    void called() {
        calls.add(1);
    }

    /** Whether a call that failed here may be repeated; says no when too many of them were. */
    synchronized boolean mayRepeat(int percent) {
        if (repeats.sum() >= Math.max(1, calls.sum() * percent / 100)) return false;
        repeats.add(1);
        return true;
    }

    /** A repeated call worked, so it was no part of a storm. */
    void repeatWorked() {
        repeats.add(-1);
    }
}
