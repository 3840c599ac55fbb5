package io.kefuhub.core.models.money;

import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Reserves what an attempt may cost at worst before it is sent, and books what it did cost, once. Safe for threads; every
 * write goes through the group writer of the ledger.
 */
public interface Ledger {
    /** Takes the worst case from every budget it falls under, or from none. Waits for the commit. */
    Reserving reserve(WorstCase worst);

    /**
     * As {@link #reserve}, for a call that is sent next: in the same write it is marked as sent, and {@link #dispatched} then
     * has nothing to write. If it is not sent after all, its settlement says so.
     */
    default Reserving reserveToSend(WorstCase worst) {
        return reserve(worst);
    }

    /**
     * Marks a reservation as sent, just before the socket is written to. Waits for the commit.
     *
     * @return false when it is kept no more, such as when it had expired: nothing may be sent then
     */
    boolean dispatched(UUID attempt);

    /**
     * Ends a reservation and writes the attempt into the books; a second time changes nothing.
     *
     * @return what it cost, after the commit
     */
    CompletableFuture<Long> settle(Settlement settlement);

    /** What a settlement will come to that was not made yet, where that is known without looking into the books. */
    default OptionalLong cost(Settlement settlement) {
        return OptionalLong.empty();
    }
}
