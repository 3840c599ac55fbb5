package io.kefuhub.core.models.catalogue;

import java.util.Map;
import java.util.Optional;

/**
 * What holds for all questions to models, whoever is asked. Immutable.
 *
 * @param usualDesk what a desk may that is not named
 * @param desks by key
 * @param bodyDays for how many days what was asked and answered is kept, word for word; 0 keeps nothing, the usual number
 *     where nobody has said
 */
public record Rules(
        Customers customers,
        DeskRules usualDesk,
        Map<String, DeskRules> desks,
        Retries retries,
        Hedge hedge,
        Optional<Integer> bodyDays) {
    public static final int USUAL_BODY_DAYS = 30;
    public static final Rules USUAL = new Rules(
            new Customers(6, 60),
            new DeskRules(16, 0, 0, false),
            Map.of(),
            new Retries(3, 10),
            new Hedge(false, 5, 2),
            Optional.of(USUAL_BODY_DAYS));

    public Rules {
        desks = Map.copyOf(desks);
    }

    /** How many turns of one customer may ask models; 0 for any number. */
    public record Customers(int turnsIn30Seconds, int turnsInAnHour) {}

    /**
     * What one desk may ask at most; 0 is no limit of that kind.
     *
     * @param concurrency questions at once, never 0
     * @param localOnly whether what it asks must stay with the organisation
     */
    public record DeskRules(int concurrency, int requestsPerMinute, int tokensPerMinute, boolean localOnly) {}

    /**
     * @param attempts calls for one question at most
     * @param percent of a deployment's calls that may be repeated, there or elsewhere
     */
    public record Retries(int attempts, int percent) {}

    /**
     * A second call when the first one is slow to begin.
     *
     * @param callsPercent of all calls at most
     * @param spendPercent of what all calls cost at most
     */
    public record Hedge(boolean on, int callsPercent, int spendPercent) {}

    public int keepsBodies() {
        return bodyDays.orElse(USUAL_BODY_DAYS);
    }

    public DeskRules desk(String key) {
        return desks.getOrDefault(key, usualDesk);
    }

    /** Whether what is asked for a desk must stay with the organisation. Where it is for none, it may be of any of them. */
    public boolean staysLocal(String desk) {
        if (!desk.isEmpty()) return desk(desk).localOnly();
        return usualDesk.localOnly() || desks.values().stream().anyMatch(DeskRules::localOnly);
    }
}
