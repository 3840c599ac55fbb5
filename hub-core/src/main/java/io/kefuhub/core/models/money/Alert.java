package io.kefuhub.core.models.money;

import java.time.Instant;
import java.util.UUID;

/**
 * A budget is used to a step, said once in a period. Immutable.
 *
 * @param percent one of the steps, the last of which is 100; that also when something did not fit any more
 * @param spent and the budget's amount, in 10⁻⁹ of the currency of the books
 */
public record Alert(
        UUID account,
        int percent,
        Instant at,
        Scope scope,
        String subject,
        Period period,
        Instant periodStart,
        long spent,
        long amount) {
    /** The budget's name, such as {@code desk:support:day}. */
    public String budget() {
        return Budget.name(scope, subject, period);
    }
}
