package io.kefuhub.core.models.money;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What may be spent in each period. Immutable.
 *
 * @param subject which desk, channel, assistant or customer; empty for the hub, {@link Scope#EACH} for each that has none of
 *     its own
 * @param amount in 10⁻⁹ of the currency of the books
 * @param managedBy the file that declares it
 */
public record Budget(
        UUID id, Scope scope, String subject, Period period, long amount, boolean enabled, Optional<String> managedBy) {
    public Budget {
        if (amount < 0) throw new IllegalArgumentException("a budget is not negative");
        if ((scope == Scope.HUB) != subject.isEmpty()) {
            throw new IllegalArgumentException("every scope but the hub needs a subject");
        }
    }

    /** As it is called in audit and refusals, such as {@code desk:support:day}. */
    static String name(Scope scope, String subject, Period period) {
        var kind = scope.name().toLowerCase(Locale.ROOT);
        return (scope == Scope.HUB ? kind : kind + ":" + subject)
                + ":"
                + period.name().toLowerCase(Locale.ROOT);
    }
}
