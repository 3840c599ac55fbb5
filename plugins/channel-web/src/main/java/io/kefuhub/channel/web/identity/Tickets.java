package io.kefuhub.channel.web.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One-time passes that stand in an address instead of a token. Safe for threads. */
public final class Tickets<T> {
    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final int MOST = 50_000;

    private final Secrets secrets;
    private final InstantSource clock;
    /** Oldest first, so that what has expired is found at the front. */
    private final Map<String, Entry<T>> issued = new LinkedHashMap<>();

    public Tickets(Secrets secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    private record Entry<T>(T holder, Instant until) {}

    public String issue(T holder) {
        var ticket = secrets.ticket();
        var now = clock.instant();
        synchronized (issued) {
            var oldest = issued.values().iterator();
            while (oldest.hasNext()) {
                if (oldest.next().until().isAfter(now) && issued.size() < MOST) break;
                oldest.remove();
            }
            issued.put(ticket, new Entry<>(holder, now.plus(LIFE)));
        }
        return ticket;
    }

    /** Returns who the ticket was issued to; only once, only in time. */
    public Optional<T> take(String ticket) {
        synchronized (issued) {
            return Optional.ofNullable(issued.remove(ticket))
                    .filter(entry -> entry.until().isAfter(clock.instant()))
                    .map(Entry::holder);
        }
    }
}
