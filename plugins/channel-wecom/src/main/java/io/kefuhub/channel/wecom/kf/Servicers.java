package io.kefuhub.channel.wecom.kf;

import io.kefuhub.channel.wecom.api.Api;
import io.kefuhub.channel.wecom.api.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What colleagues are called who answer in the WeCom client, asked of the platform once a day for each; empty where the secret
 * may not see names. Safe for threads.
 */
final class Servicers {
    private static final Duration GOOD_FOR = Duration.ofDays(1);
    private static final Duration ASKED_AGAIN = Duration.ofHours(1);
    private static final int REMEMBERED = 2_000;

    private final Api api;
    private final InstantSource clock;
    /** Guarded by itself; the longest known go first. */
    private final Map<String, Known> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Known(String name, Instant until) {}

    Servicers(Api api, InstantSource clock) {
        this.api = api;
        this.clock = clock;
    }

    String name(String servicer) {
        if (servicer.isEmpty()) return "";
        var now = clock.instant();
        synchronized (known) {
            var one = known.get(servicer);
            if (one != null && now.isBefore(one.until)) return one.name;
        }
        var reply = api.get("/cgi-bin/user/get", Map.of("userid", servicer));
        var name = reply instanceof Reply.Ok(var body) ? body.text("name", "").strip() : "";
        synchronized (known) {
            known.put(servicer, new Known(name, now.plus(name.isEmpty() ? ASKED_AGAIN : GOOD_FOR)));
        }
        return name;
    }
}
