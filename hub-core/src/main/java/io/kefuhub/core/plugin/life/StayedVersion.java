package io.kefuhub.core.plugin.life;

import java.time.Instant;
import java.util.List;

/**
 * A version of a plugin that was unloaded and is still in memory, as the console shows it. Immutable.
 *
 * @param since when it was unloaded
 * @param holders names of code, the same in any language: a thread, or the way on which it is reached, whose steps are
 *     parted by {@code " > "}, root first; empty while nobody knows
 */
public record StayedVersion(String version, Instant since, List<String> holders) {
    public StayedVersion {
        holders = List.copyOf(holders);
    }

    static StayedVersion of(Departures.Leak leak) {
        return new StayedVersion(leak.version(), leak.since(), leak.holders());
    }

    static List<StayedVersion> of(List<Departures.Leak> leaks) {
        return leaks.stream().map(StayedVersion::of).toList();
    }
}
