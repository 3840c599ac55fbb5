package io.kefuhub.core.models.routing;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Requests in a period, which may be another number from one moment to the next; 0 for any number. Safe for threads. */
final class RequestLimit {
    private final Duration period;
    private volatile int most;
    private volatile @Nullable RateLimiter limiter;

    RequestLimit(int most, Duration period) {
        this.period = period;
        resize(most);
    }

    /** Takes a permit, which is spent whatever becomes of the request. */
    boolean permits() {
        var now = limiter;
        return now == null || now.acquirePermission();
    }

    /** Until there are permits again; nothing while there are. */
    Duration until() {
        return limiter instanceof AtomicRateLimiter one
                ? Duration.ofNanos(one.getDetailedMetrics().getNanosToWait())
                : Duration.ZERO;
    }

    synchronized void resize(int changed) {
        if (changed == most) return;
        most = changed;
        var now = limiter;
        if (changed == 0) {
            limiter = null;
        } else if (now == null) {
            limiter = RateLimiter.of(
                    "requests",
                    RateLimiterConfig.custom()
                            .limitForPeriod(changed)
                            .limitRefreshPeriod(period)
                            .timeoutDuration(Duration.ZERO)
                            .build());
        } else {
            now.changeLimitForPeriod(changed);
        }
    }
}
