package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.web.Words;
import java.time.Instant;

/** When an entry may be used: from the first instant on, and before the second. */
public record Validity(Instant from, Instant until) {
    public static final Validity ALWAYS = new Validity(Instant.MIN, Instant.MAX);

    public Validity {
        if (!from.isBefore(until)) {
            throw new EntryContent.Unfit(
                    "validUntil", new Words("The end of validity must be later than its beginning.", "失效时间必须晚于生效时间。"));
        }
        ;
    }

    public boolean covers(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }
}
