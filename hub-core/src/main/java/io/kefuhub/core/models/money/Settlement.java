package io.kefuhub.core.models.money;

import io.kefuhub.api.ai.Usage;
import java.time.Duration;
import java.util.UUID;

/**
 * How an attempt ended.
 *
 * @param outcome one word, such as {@code answered}, {@code rate-limited} or {@code cancelled}
 * @param detail for an admin; never a secret, never content
 * @param dispatched whether the request may have reached the provider
 * @param usage as the provider said; else estimated, and not {@link Usage#reported}
 * @param billed whether it is to be paid for: not when it was never sent, nor when the provider does not bill such a failure
 */
public record Settlement(
        UUID attempt,
        String outcome,
        String detail,
        boolean dispatched,
        Usage usage,
        boolean billed,
        Duration firstContent,
        Duration whole) {}
