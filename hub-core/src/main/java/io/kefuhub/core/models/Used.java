package io.kefuhub.core.models;

import io.kefuhub.api.ai.Usage;
import java.time.Duration;

/**
 * What a question used in the end; all attempts together.
 *
 * @param deployment the key of the one that answered; empty when none did
 * @param model the provider's name for it
 * @param firstChoice whether it was the first of its alias, so that its answer may be kept
 * @param usage of the attempt that answered; estimated where the provider did not say
 * @param cost of all attempts, in 10⁻⁹ of the hub's currency
 * @param attempts how many calls were sent
 * @param firstContent until the first piece of text; zero when there was none
 */
public record Used(
        String deployment,
        String model,
        boolean firstChoice,
        Usage usage,
        long cost,
        int attempts,
        Duration firstContent,
        Duration whole) {
    public static final Used NOTHING = new Used("", "", false, Usage.UNKNOWN, 0, 0, Duration.ZERO, Duration.ZERO);
}
