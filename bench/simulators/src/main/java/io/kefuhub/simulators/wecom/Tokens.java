package io.kefuhub.simulators.wecom;

import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Access tokens: one for each secret, the same while it is good; they expire and can be revoked. Safe for threads. */
final class Tokens {
    static final Duration LIFE = Duration.ofSeconds(7200);

    private final Clock clock;
    private final Map<String, Token> bySecret = new HashMap<>();

    private record Token(String value, Instant until) {}

    Tokens(Clock clock) {
        this.clock = clock;
    }

    synchronized Answer issue(Call call) {
        if (!call.query("corpid").equals(Corp.ID)) return Wrong.answer(Wrong.CORP, "invalid corpid");
        var secret = call.query("corpsecret");
        if (!secret.equals(Corp.KF_SECRET) && !secret.equals(Corp.APP_SECRET)) {
            return Wrong.answer(Wrong.SECRET, "invalid credential");
        }
        var now = clock.instant();
        var token = bySecret.get(secret);
        if (token == null || !token.until.isAfter(now)) {
            token = new Token(Letters.id("simulated-token-"), now.plus(LIFE));
            bySecret.put(secret, token);
        }
        return Answer.json(Wrong.ok()
                .put("access_token", token.value)
                .put("expires_in", Duration.between(now, token.until).toSeconds()));
    }

    /** Answers which secret the call's token belongs to. */
    synchronized String secretOf(Call call) throws Wrong {
        var value = call.query("access_token");
        if (value.isEmpty()) throw new Wrong(Wrong.NO_TOKEN, "access_token missing");
        for (var entry : bySecret.entrySet()) {
            if (!entry.getValue().value.equals(value)) continue;
            if (!entry.getValue().until.isAfter(clock.instant())) {
                throw new Wrong(Wrong.TOKEN_EXPIRED, "access_token expired");
            }
            return entry.getKey();
        }
        throw new Wrong(Wrong.TOKEN, "invalid access_token");
    }

    synchronized void revoke(String value) {
        bySecret.values().removeIf(token -> token.value.equals(value));
    }

    synchronized void revokeAll() {
        bySecret.clear();
    }
}
