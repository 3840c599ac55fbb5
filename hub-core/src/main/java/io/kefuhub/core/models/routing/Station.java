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
import java.util.function.LongSupplier;

/** How one deployment fares: who is there, what it may still take, whether it rests. Safe for threads. */
final class Station {
    private static final Duration RETRIES_OVER = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int SLOW_PERCENT = 80;
    private static final int FAILED_PERCENT = 50;
    private static final int PROBES = 2;

    final WaitingLine line;
    final TokenBucket tokens;
    final RequestLimit requests;
    final FirstContents firstContents;
    private final CircuitBreaker breaker;
    private final LongSupplier nanoTime;
    private final RecentCount calls;
    private final RecentCount repeats;
    private final AtomicLong coolUntil;
    private final AtomicInteger failedInARow = new AtomicInteger();
    private final int mostInARow;
    private volatile Deployment deployment;

    Station(Deployment deployment, Tempo tempo, LongSupplier nanoTime, InstantSource clock) {
        this.deployment = deployment;
        this.nanoTime = nanoTime;
        var limits = deployment.limits();
        line = new WaitingLine(limits.concurrency());
        tokens = new TokenBucket(limits.tokensPerMinute(), nanoTime);
        requests = new RequestLimit(limits.requestsPerMinute(), MINUTE);
        firstContents = new FirstContents(nanoTime);
        calls = new RecentCount(RETRIES_OVER, nanoTime);
        repeats = new RecentCount(RETRIES_OVER, nanoTime);
        coolUntil = new AtomicLong(nanoTime.getAsLong());
        mostInARow = tempo.rest().calls();
        breaker = CircuitBreaker.of(deployment.key(), breaker(deployment, tempo, clock));
    }

    private static CircuitBreakerConfig breaker(Deployment deployment, Tempo tempo, InstantSource clock) {
        var rest = tempo.rest();
        var slow = deployment.traits().reasoning()
                ? rest.slow().plus(tempo.firstContentReasoning()).minus(tempo.firstContent())
                : rest.slow();
        return CircuitBreakerConfig.custom()
                .clock(clock.withZone(ZoneOffset.UTC))
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
                .slidingWindowSize((int) Math.max(1, rest.window().toSeconds()))
                .minimumNumberOfCalls(rest.calls())
                .failureRateThreshold(FAILED_PERCENT)
                .slowCallRateThreshold(SLOW_PERCENT)
                .slowCallDurationThreshold(slow)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
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
        return breaker;
    }

    boolean isResting() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    boolean isHealthy() {
        return breaker.getState() == CircuitBreaker.State.CLOSED && !isCooling();
    }

    void worked(Duration firstContent) {
        failedInARow.set(0);
        breaker.onSuccess(firstContent.toNanos(), TimeUnit.NANOSECONDS);
    }

    void failed(Duration took) {
        breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, FailedCallException.ONE);
        // Where many calls went well until now, half of them would be far too many.
        if (failedInARow.incrementAndGet() >= mostInARow && breaker.getState() == CircuitBreaker.State.CLOSED) {
            failedInARow.set(0);
            breaker.transitionToOpenState();
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
                breaker.getState().name().toLowerCase(Locale.ROOT),
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
