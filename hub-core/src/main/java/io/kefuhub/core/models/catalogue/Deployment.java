package io.kefuhub.core.models.catalogue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One model at one provider. Immutable.
 *
 * @param key its short name, safe in a path
 * @param title what people call it; may be empty
 * @param instance the key of the AI provider's instance that speaks to it; there may be none now
 * @param model the provider's name for it
 * @param off why the hub switched it off by itself
 * @param managedBy the file that declares it
 */
public record Deployment(
        String key,
        String title,
        String instance,
        String model,
        Traits traits,
        Limits limits,
        Billing billing,
        boolean enabled,
        Optional<Off> off,
        Optional<String> managedBy) {

    /**
     * What the model can.
     *
     * @param window tokens of question and answer together
     * @param maxOutput tokens of an answer at most
     * @param pictures whether it takes pictures
     * @param reasoning whether it thinks before it answers, so that its first words may come late
     * @param local whether what is asked stays with the organisation
     * @param weight its share among neighbours in an alias that have the same model; 0 to be asked after them only
     */
    public record Traits(int window, int maxOutput, boolean pictures, boolean reasoning, boolean local, int weight) {}

    /**
     * What it may be asked at most; 0 is no limit of that kind.
     *
     * @param concurrency calls at once, never 0
     * @param patience how long it may keep one waiting
     */
    public record Limits(int concurrency, int requestsPerMinute, int tokensPerMinute, Patience patience) {}

    /** How long a call may keep one waiting; what is empty is as usual. */
    public record Patience(Optional<Duration> firstContent, Optional<Duration> gap, Optional<Duration> whole) {
        public static final Patience USUAL = new Patience(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * @param unpriced whether an admin lets it run without a price
     * @param failures whether its provider takes money for the question when it answers with an error
     */
    public record Billing(boolean unpriced, boolean failures) {}

    /**
     * Why it is off.
     *
     * @param reason one of the words of {@link OffReason}
     * @param setup what its setup was; off no more once that is another one
     */
    public record Off(OffReason reason, Instant since, String setup) {}

    /** What a provider says that only a person can mend. */
    public enum OffReason {
        CREDENTIALS,
        BALANCE
    }

    /** Whether it may be asked. */
    public boolean isOn() {
        return enabled && off.isEmpty();
    }

    public Deployment withOff(Optional<Off> changed) {
        return new Deployment(key, title, instance, model, traits, limits, billing, enabled, changed, managedBy);
    }

    public Deployment withEnabled(boolean changed) {
        return new Deployment(key, title, instance, model, traits, limits, billing, changed, off, managedBy);
    }

    public Deployment withManagedBy(Optional<String> changed) {
        return new Deployment(key, title, instance, model, traits, limits, billing, enabled, off, changed);
    }
}
