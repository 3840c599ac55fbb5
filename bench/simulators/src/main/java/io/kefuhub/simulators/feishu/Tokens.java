package io.kefuhub.simulators.feishu;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tenant tokens that are out. The same one is handed out again while 30 minutes are left; after that a new one, and
 * both are good until their time is over. Safe for threads.
 */
final class Tokens {
    static final Duration LIFE = Duration.ofHours(2);
    static final Duration RENEWAL = Duration.ofMinutes(30);

    private static final String BEARER = "Bearer ";
    private static final int REMEMBERED = 1000;

    private final InstantSource clock;
    private final Ids ids;
    private final Map<String, Token> issued = new LinkedHashMap<>();
    private @Nullable String current;

    private record Token(Instant expires, @Nullable Code revoked) {}

    record Issued(String value, long secondsLeft) {}

    Tokens(InstantSource clock, Ids ids) {
        this.clock = clock;
        this.ids = ids;
    }

    synchronized Issued issue() {
        var now = clock.instant();
        if (current != null) {
            var left = Duration.between(now, find(current).expires());
            if (left.compareTo(RENEWAL) >= 0) return new Issued(current, left.toSeconds());
        }
        var value = "t-" + ids.hex(32);
        issued.put(value, new Token(now.plus(LIFE), null));
        if (issued.size() > REMEMBERED) issued.remove(issued.keySet().iterator().next());
        current = value;
        return new Issued(value, LIFE.toSeconds());
    }

    /** All tokens that are out are refused with this code from now on; the next one asked for is new. */
    synchronized void revoke(Code code) {
        issued.replaceAll((_, token) -> new Token(token.expires(), code));
        current = null;
    }

    /** Whether a header carries a token that was handed out here, good or not. */
    synchronized boolean knows(String authorization) {
        return authorization.startsWith(BEARER) && issued.containsKey(authorization.substring(BEARER.length()));
    }

    synchronized void check(String authorization) {
        if (!knows(authorization)) throw Code.TOKEN_UNKNOWN.refusal();
        var token = find(authorization.substring(BEARER.length()));
        if (token.revoked() != null) throw token.revoked().refusal();
        if (!clock.instant().isBefore(token.expires())) throw Code.TOKEN_EXPIRED.refusal();
    }

    private Token find(String value) {
        var token = issued.get(value);
        if (token == null) throw new IllegalStateException("a token was forgotten");
        return token;
    }
}
