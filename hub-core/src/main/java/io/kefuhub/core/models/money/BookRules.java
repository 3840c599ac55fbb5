package io.kefuhub.core.models.money;

import java.time.ZoneId;
import java.util.Map;

/**
 * How the books are kept. Immutable.
 *
 * @param currency of every amount in them
 * @param zone where days begin for what belongs to no desk
 * @param deskZones where days begin at a desk, by its key
 * @param gracePercent how much of a day's budget may be spent while the books cannot be written
 * @param closesOnExcess whether a budget takes no more when a call has cost more than it could
 */
public record BookRules(
        String currency, ZoneId zone, Map<String, ZoneId> deskZones, int gracePercent, boolean closesOnExcess) {
    public static final int MOST_GRACE = 50;

    public BookRules {
        deskZones = Map.copyOf(deskZones);
        if (!currency.matches("[A-Z]{3}")) throw new IllegalArgumentException("a currency such as CNY is expected");
        if (gracePercent < 0 || gracePercent > MOST_GRACE) {
            throw new IllegalArgumentException("from 0 to " + MOST_GRACE + " percent");
        }
    }

    public static BookRules usual(ZoneId zone) {
        return new BookRules("CNY", zone, Map.of(), 0, true);
    }

    /** Where the days of a scope begin for what belongs to a desk: the hub's and an assistant's are nobody's own. */
    ZoneId zone(Scope scope, String desk) {
        return scope == Scope.HUB || scope == Scope.ASSISTANT ? zone : deskZones.getOrDefault(desk, zone);
    }
}
