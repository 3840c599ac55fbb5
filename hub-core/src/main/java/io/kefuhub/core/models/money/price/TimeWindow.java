package io.kefuhub.core.models.money.price;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Hours in which tokens cost more or less. Immutable.
 *
 * @param days on which it begins
 * @param to on the day after where it is not later than {@code from}
 * @param factor on the prices of tokens
 */
public record TimeWindow(
        String name, Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone, BigDecimal factor) {
    public TimeWindow {
        // In their order, so that two that say the same are written the same.
        days = Collections.unmodifiableSet(days.isEmpty() ? EnumSet.noneOf(DayOfWeek.class) : EnumSet.copyOf(days));
        if (name.isBlank()) throw new IllegalArgumentException("a time window needs a name");
        PerMillion.check(factor);
    }

    boolean holds(Instant moment) {
        var there = moment.atZone(zone);
        var time = there.toLocalTime();
        var day = there.getDayOfWeek();
        if (from.isBefore(to)) return days.contains(day) && !time.isBefore(from) && time.isBefore(to);
        return (days.contains(day) && !time.isBefore(from)) || (days.contains(day.minus(1)) && time.isBefore(to));
    }
}
