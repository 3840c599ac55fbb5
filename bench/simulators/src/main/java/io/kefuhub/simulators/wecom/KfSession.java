package io.kefuhub.simulators.wecom;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where one customer stands with one account. Guarded by {@link Kf}. */
final class KfSession {
    static final Duration WINDOW = Duration.ofHours(48);
    static final int ALLOWED = 5;

    static final int NEW = 0;
    static final int BOT = 1;
    static final int POOL = 2;
    static final int SERVICER = 3;
    static final int ENDED = 4;

    int state = ENDED;
    String servicer = "";
    int sent;

    @Nullable
    Instant wrote;

    @Nullable
    Instant welcomed;

    void heard(Instant now) {
        wrote = now;
        sent = 0;
        if (state == ENDED) state = NEW;
    }

    /** Counts a message of the hub, or says why it may not be sent. */
    void send(Instant now) throws Wrong {
        if (state != NEW && state != BOT) throw new Wrong(Wrong.KF_STATE, "the session state does not allow this");
        if (wrote == null || wrote.plus(WINDOW).isBefore(now))
            throw new Wrong(Wrong.KF_WINDOW, "out of the 48 hour window");
        if (sent >= ALLOWED) throw new Wrong(Wrong.KF_COUNT, "more than 5 messages since the customer's last");
        sent++;
    }

    void move(int to, String by) throws Wrong {
        var allowed = switch (state) {
            case NEW -> to >= BOT && to <= ENDED;
            case BOT -> to >= POOL && to <= ENDED;
            case POOL -> to == SERVICER || to == ENDED;
            case SERVICER -> to == ENDED || to == SERVICER && !by.equals(servicer);
            default -> false;
        };
        if (!allowed) throw new Wrong(Wrong.KF_TRANSITION, "no way from state " + state + " to " + to);
        state = to;
        servicer = to == SERVICER ? by : "";
    }
}
