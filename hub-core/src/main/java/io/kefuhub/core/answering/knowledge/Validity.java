package io.kefuhub.core.answering.knowledge;

import java.time.Instant;

/** When an entry may be used: from the first instant on, and before the second. */
public record Validity(Instant from, Instant until) {
    public static final Validity ALWAYS = new Validity(Instant.MIN, Instant.MAX);

    public Validity {
        if (!from.isBefore(until)) throw new IllegalArgumentException("valid until must be later than valid from");
    }

    public boolean covers(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }
}
