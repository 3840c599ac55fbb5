package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Terms;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One instance of a contribution, as an admin or a file wants it. Immutable.
 *
 * @param key its short name, unique among its kind and safe in a path
 * @param title what people call it; may be empty
 * @param contribution id of the contribution it is made from; there may be no plugin that offers it now
 * @param settings by key; secrets sealed
 * @param position among its kind, smallest first
 * @param managedBy the file that declares it
 */
public record InstanceSpec(
        Kind kind,
        String key,
        String title,
        String contribution,
        Map<String, String> settings,
        boolean enabled,
        Choices choices,
        int position,
        Optional<String> managedBy) {
    public InstanceSpec {
        settings = Map.copyOf(settings);
    }

    /**
     * What an admin chose; what is empty is as the contribution has it.
     *
     * @param desks by key; empty for all
     * @param skipped names of stages
     */
    public record Choices(
            Set<String> desks,
            Set<String> skipped,
            Optional<Duration> deadline,
            Optional<Terms.WhenFailed> whenFailed) {
        public static final Choices NONE = new Choices(Set.of(), Set.of(), Optional.empty(), Optional.empty());

        public static Choices ofDesk(String desk) {
            return new Choices(Set.of(desk), Set.of(), Optional.empty(), Optional.empty());
        }

        public Choices {
            desks = Set.copyOf(desks);
            skipped = Set.copyOf(skipped);
        }
    }

    InstanceName name() {
        return new InstanceName(kind, key);
    }

    public InstanceSpec withSettings(Map<String, String> changed) {
        return new InstanceSpec(kind, key, title, contribution, changed, enabled, choices, position, managedBy);
    }

    public InstanceSpec withEnabled(boolean changed) {
        return new InstanceSpec(kind, key, title, contribution, settings, changed, choices, position, managedBy);
    }

    public InstanceSpec withPosition(int changed) {
        return new InstanceSpec(kind, key, title, contribution, settings, enabled, choices, changed, managedBy);
    }

    /** Whether a live instance made from the other may go on as this one. */
    boolean livesAs(InstanceSpec other) {
        return contribution.equals(other.contribution)
                && settings.equals(other.settings)
                && enabled == other.enabled
                && choices.equals(other.choices);
    }
}
