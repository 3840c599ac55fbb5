package io.kefuhub.core.rules;

import io.kefuhub.core.web.Words;
import java.util.List;
import java.util.Optional;

/**
 * Rules that decide about one thing. Immutable.
 *
 * @param rules in the order in which they are shown
 * @param order pairs of which the first is never above the second
 */
public record RuleGroup(String name, Words title, List<Rule> rules, List<Pair> order) {
    private static final Words ABOVE = new Words("It must not be above %s, which is %s.", "它不能大于 %s，后者现在是 %s。");

    /** Two rules of the same unit. */
    public record Pair(Rule lower, Rule upper) {}

    public RuleGroup {
        rules = List.copyOf(rules);
        order = List.copyOf(order);
        for (var rule : rules) {
            if (!rule.key().startsWith(name + ".")) throw new IllegalArgumentException(rule.key());
        }
    }

    public RuleGroup(String name, Words title, List<Rule> rules) {
        this(name, title, rules, List.of());
    }

    Optional<Rule> find(String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    /** What of these values does not go together. */
    Optional<RuleFlaw> flaw(RuleValues values) {
        return order.stream()
                .filter(pair -> values.of(pair.lower()) > values.of(pair.upper()))
                .findFirst()
                .map(pair -> {
                    var lower = pair.lower();
                    var upper = pair.upper();
                    return new RuleFlaw(
                            lower.key(),
                            Optional.of(lower.write(values.of(lower))),
                            ABOVE.with(upper.key(), upper.write(values.of(upper))));
                });
    }
}
