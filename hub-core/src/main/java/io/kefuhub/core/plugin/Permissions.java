package io.kefuhub.core.plugin;

import io.kefuhub.core.http.AllowedHosts;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a plugin asks to be allowed, shown to an admin before it goes live. Immutable.
 *
 * @param hosts that its instances may call
 * @param files whether its instances may read and keep the hub's files
 * @param secrets whether its instances may be given secrets, such as keys and passwords
 * @param abilities what its code may do beyond what every plugin may
 */
public record Permissions(AllowedHosts hosts, boolean files, boolean secrets, Set<Ability> abilities) {
    public static final Permissions NONE = new Permissions(AllowedHosts.NONE, false, false, Set.of());
    /** What the hub's own contributions may do. */
    public static final Permissions ALL = new Permissions(AllowedHosts.ALL, true, true, EnumSet.allOf(Ability.class));

    public Permissions {
        abilities = Set.copyOf(abilities);
    }

    /** What no plugin's code does without being asked for. */
    public enum Ability {
        /** Ends the process or hooks into its end. */
        EXIT,
        /** Starts or ends other processes. */
        EXEC,
        /** Calls native code, or reaches beneath Java. */
        NATIVE;

        /** As a manifest writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Ability> of(String word) {
            return Arrays.stream(values())
                    .filter(ability -> ability.word().equals(word))
                    .findFirst();
        }
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** Whether anything is asked that these do not hold. */
    public boolean grewSince(Permissions approved) {
        return !beyond(approved).isNone();
    }

    /** These and the others. */
    public Permissions and(Permissions more) {
        var allHosts = Stream.concat(hosts.entries().stream(), more.hosts.entries().stream())
                .distinct();
        var all = EnumSet.noneOf(Ability.class);
        all.addAll(abilities);
        all.addAll(more.abilities);
        return new Permissions(new AllowedHosts(allHosts.toList()), files || more.files, secrets || more.secrets, all);
    }

    /** What is asked and was not approved yet. */
    public Permissions beyond(Permissions approved) {
        var newHosts = hosts.entries().stream()
                .filter(entry -> !approved.hosts.cover(entry))
                .toList();
        var newAbilities = EnumSet.noneOf(Ability.class);
        newAbilities.addAll(abilities);
        newAbilities.removeAll(approved.abilities);
        return new Permissions(
                new AllowedHosts(newHosts), files && !approved.files, secrets && !approved.secrets, newAbilities);
    }
}
