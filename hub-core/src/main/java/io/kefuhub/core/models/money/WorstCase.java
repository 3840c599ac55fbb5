package io.kefuhub.core.models.money;

import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import java.time.Instant;
import java.util.UUID;

/**
 * What one attempt may use at most.
 *
 * @param provider the contribution that speaks to it, by which prices are found
 * @param model the provider's name for it
 * @param unpriced whether an admin lets it run without a price
 * @param inputTokens the estimate with its margin
 * @param outputTokens the most that is asked for
 * @param expires when nobody will come back to settle it
 */
public record WorstCase(
        UUID attempt,
        Payer payer,
        Purpose purpose,
        String alias,
        String deployment,
        String provider,
        String model,
        boolean unpriced,
        long inputTokens,
        long outputTokens,
        Instant expires) {}
