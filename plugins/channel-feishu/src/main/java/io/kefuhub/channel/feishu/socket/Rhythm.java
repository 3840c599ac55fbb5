package io.kefuhub.channel.feishu.socket;

import io.kefuhub.ai.exchange.JsonObject;
import java.time.Duration;

/**
 * How the platform wants its long connection kept. Immutable.
 *
 * @param tries how often a connection that broke is opened again; negative for ever
 * @param interval between two such tries
 * @param nonce the first one comes at a random moment within this
 * @param ping how often it is shown that this side is there
 */
record Rhythm(long tries, Duration interval, Duration nonce, Duration ping) {
    static final Rhythm USUAL =
            new Rhythm(-1, Duration.ofSeconds(120), Duration.ofSeconds(30), Duration.ofSeconds(120));

    private static final Duration LEAST_PING = Duration.ofSeconds(1);
    private static final long LONGEST = 3_600;

    /** Takes over what the platform names; the rest stays. */
    Rhythm with(JsonObject config) {
        // A number below 0, which means for ever, counts as absent when it is read.
        var more = config.members().get("ReconnectCount") instanceof Number number ? number.longValue() : tries;
        var every = seconds(config, "PingInterval", ping);
        return new Rhythm(
                more,
                seconds(config, "ReconnectInterval", interval),
                seconds(config, "ReconnectNonce", nonce),
                every.compareTo(LEAST_PING) < 0 ? LEAST_PING : every);
    }

    private static Duration seconds(JsonObject config, String name, Duration absent) {
        return config.number(name)
                .map(seconds -> Duration.ofSeconds(Math.min(LONGEST, seconds)))
                .orElse(absent);
    }
}
