package io.kefuhub.core.rules;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;

/**
 * What all rules are at one moment. Immutable.
 *
 * @param changed what is not as usual, by key
 */
public record RuleValues(Map<String, Long> changed) {
    private static final double THOUSAND = 1_000;

    /** Everything as usual. */
    public static final RuleValues USUAL = new RuleValues(Map.of());

    public RuleValues {
        changed = Map.copyOf(changed);
    }

    public long of(Rule rule) {
        return changed.getOrDefault(rule.key(), rule.usual());
    }

    public int number(Rule rule) {
        return Math.toIntExact(of(rule));
    }

    public Duration time(Rule rule) {
        return Duration.ofMillis(of(rule));
    }

    /** From 0 to 1, as a rule. */
    public double share(Rule rule) {
        return of(rule) / THOUSAND;
    }

    public LocalTime hour(Rule rule) {
        return LocalTime.MIDNIGHT.plusMinutes(of(rule));
    }
}
