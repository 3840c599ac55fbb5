package io.kefuhub.api.channel;

import java.time.Duration;

/** What became of a reply that was to be handed over. */
public sealed interface Delivered {
    /**
     * The platform has it.
     *
     * @param platformId the platform's name for it; empty when it has none
     */
    record Done(String platformId) implements Delivered {}

    /** Not now: it is asked again after the pause, later and later. */
    record RetryLater(Duration pause, String reason) implements Delivered {}

    /** Never: this customer or this content cannot be reached. */
    record Undeliverable(String reason) implements Delivered {}

    /** Nothing can be sent until an admin changes the settings; the replies wait. */
    record Misconfigured(String setting, String reason) implements Delivered {}

    /**
     * It may or may not have arrived.
     *
     * @param safeToRepeat whether the hub may ask again with the same id; else the reply ends as failed. What is said
     *     here counts for this call, whatever {@link Abilities#repeats} says of all
     */
    record Unknown(String reason, boolean safeToRepeat) implements Delivered {}
}
