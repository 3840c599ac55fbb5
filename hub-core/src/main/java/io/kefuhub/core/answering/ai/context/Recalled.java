package io.kefuhub.core.answering.ai.context;

import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of a conversation when a turn begins. Immutable.
 *
 * @param earlier what was said before the last turns, in short; while there is no summary, how it began
 * @param session what was said before this belongs to a matter that was settled, and is told by {@code earlier} alone
 */
public record Recalled(FactCard facts, Optional<String> earlier, Instant session) {
    public static final Recalled NOTHING = new Recalled(FactCard.EMPTY, Optional.empty(), Instant.EPOCH);

    /** Whether something said then belongs to the matter at hand; where nobody knows when it was said, it does. */
    public boolean isInSession(Instant said) {
        return said.equals(Instant.EPOCH) || said.isAfter(session);
    }
}
