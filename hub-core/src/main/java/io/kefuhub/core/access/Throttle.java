package io.kefuhub.core.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import java.time.Duration;

/**
 * Slows down whoever guesses passwords or tokens, by the name that is tried and by the address it is tried from. Safe for
 * threads.
 */
final class Throttle {
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int KEPT = 50_000;

    private final Cache<String, RateLimiter> limiters = Caffeine.newBuilder()
            .maximumSize(KEPT)
            .expireAfterAccess(PERIOD.multipliedBy(2))
            .build();
    private final RateLimiterConfig perName;
    private final RateLimiterConfig perAddress;

    Throttle(int perName, int perAddress) {
        this.perName = config(perName);
        this.perAddress = config(perAddress);
    }

    /** Counts an attempt, or refuses it. */
    void attempt(String name, String address) {
        if (!allows("address " + address, perAddress) || !allows("name " + name, perName)) {
            throw Problem.of(ProblemType.TOO_MANY);
        }
    }

    /** Counts an attempt that names nobody, or refuses it. */
    void attempt(String address) {
        if (!allows("address " + address, perAddress)) throw Problem.of(ProblemType.TOO_MANY);
    }

    private boolean allows(String key, RateLimiterConfig config) {
        return limiters.get(key, made -> RateLimiter.of(made, config)).acquirePermission();
    }

    private static RateLimiterConfig config(int attempts) {
        return RateLimiterConfig.custom()
                .limitForPeriod(attempts)
                .limitRefreshPeriod(PERIOD)
                .timeoutDuration(Duration.ZERO)
                .build();
    }
}
