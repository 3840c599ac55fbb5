package io.kefuhub.channel.feishu.api;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.Http;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The token that every call carries: fetched once however many ask for it, anew some minutes before it ends and whenever
 * the platform takes it no more. Safe for threads; names no secret.
 */
public final class TenantToken {
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Http http;
    private final URI address;
    private final String body;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Kept kept;
    private final AtomicLong fetches = new AtomicLong();
    private volatile Held last = new Held.Not(new Answer.NoAnswer(false, "not asked yet"));

    /** What is held now. */
    public sealed interface Held {
        record Token(String value) implements Held {
            @Override
            public String toString() {
                return "Token";
            }
        }

        record Not(Answer why) implements Held {}
    }

    /**
     * @param freshUntil from then on a new one is fetched
     * @param until from then on it is of no use
     */
    private record Kept(String value, Instant freshUntil, Instant until) {}

    public TenantToken(Http http, URI base, String appId, String appSecret, InstantSource clock) {
        this.http = http;
        this.address = URI.create(base + "/open-apis/auth/v3/tenant_access_token/internal");
        this.body = Json.write(Map.of("app_id", appId, "app_secret", appSecret));
        this.clock = clock;
    }

    /** Returns a token, or why there is none; may wait for the platform. */
    public Held get() {
        var before = fetches.get();
        var now = clock.instant();
        var mine = kept;
        if (mine != null && now.isBefore(mine.freshUntil)) return new Held.Token(mine.value);
        if (mine != null && now.isBefore(mine.until)) {
            // Somebody renews it already, and it is good for some minutes more.
            if (!fetching.tryLock()) return new Held.Token(mine.value);
        } else {
            fetching.lock();
        }
        try {
            var newer = kept;
            if (newer != null && now.isBefore(newer.freshUntil)) return new Held.Token(newer.value);
            // Whoever waited for a fetch that failed does not ask again at once.
            if (fetches.get() != before && last instanceof Held.Not) return last;
            var held = fetch(now);
            fetches.incrementAndGet();
            last = held;
            return held instanceof Held.Not && newer != null && now.isBefore(newer.until)
                    ? new Held.Token(newer.value)
                    : held;
        } finally {
            fetching.unlock();
        }
    }

    /** Says that the platform does not take this token, so that the next caller fetches another. */
    public void spoilt(String token) {
        fetching.lock();
        try {
            if (kept != null && kept.value.equals(token)) kept = null;
        } finally {
            fetching.unlock();
        }
    }

    private Held fetch(Instant now) {
        var answer = Exchange.send(http, Http.Request.postJson(address, Map.of(), body, LIMIT));
        if (!(answer instanceof Answer.Ok(var data))) return new Held.Not(answer);
        var token = data.text("tenant_access_token", "");
        if (token.isEmpty()) return new Held.Not(new Answer.NoAnswer(true, "its answer holds no token"));
        var whole = Duration.ofSeconds(data.number("expire", 0));
        var fresh = whole.compareTo(EARLY.multipliedBy(2)) > 0 ? whole.minus(EARLY) : whole.dividedBy(2);
        kept = new Kept(token, now.plus(fresh), now.plus(whole));
        return new Held.Token(token);
    }
}
