package io.kefuhub.api.channel;

import io.kefuhub.api.Localized;
import java.time.Duration;

/** What became of a reply that was to be handed over. Reasons are read by admins and agents, and say what to do. */
public sealed interface Delivered {
    /**
     * The platform has it.
     *
     * @param platformId the platform's name for it; empty when it has none
     */
    record Done(String platformId) implements Delivered {}

    /** Not now: it is asked again after the pause; where that is short, later and later, up to half a minute. */
    record RetryLater(Duration pause, Localized reason) implements Delivered {
        public RetryLater(Duration pause, String reason) {
            this(pause, Localized.of(reason));
        }
    }

    /** Never: this customer or this content cannot be reached. */
    record Undeliverable(Localized reason) implements Delivered {
        public Undeliverable(String reason) {
            this(Localized.of(reason));
        }
    }

    /** Nothing can be sent until an admin changes the settings; the replies wait. */
    record Misconfigured(String setting, Localized reason) implements Delivered {
        public Misconfigured(String setting, String reason) {
            this(setting, Localized.of(reason));
        }
    }

    /**
     * It may or may not have arrived.
     *
     * @param safeToRepeat whether the hub may ask again with the same id; else the reply ends as failed. What is said
     *     here counts for this call, whatever {@link Abilities#repeats} says of all
     */
    record Unknown(Localized reason, boolean safeToRepeat) implements Delivered {
        public Unknown(String reason, boolean safeToRepeat) {
            this(Localized.of(reason), safeToRepeat);
        }
    }
}
