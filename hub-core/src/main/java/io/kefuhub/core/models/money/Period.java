package io.kefuhub.core.models.money;

import java.time.Instant;
import java.time.ZoneId;

/** For how long a budget is. */
public enum Period {
    DAY,
    MONTH;

    /** The period that holds a moment, where the sun of a zone shines. */
    Span around(Instant moment, ZoneId zone) {
        var day = moment.atZone(zone).toLocalDate();
        var first = this == DAY ? day : day.withDayOfMonth(1);
        var next = this == DAY ? first.plusDays(1) : first.plusMonths(1);
        return new Span(
                first.atStartOfDay(zone).toInstant(), next.atStartOfDay(zone).toInstant());
    }

    /** @param end not within it */
    record Span(Instant start, Instant end) {
        boolean holds(Instant moment) {
            return !moment.isBefore(start) && moment.isBefore(end);
        }
    }
}
