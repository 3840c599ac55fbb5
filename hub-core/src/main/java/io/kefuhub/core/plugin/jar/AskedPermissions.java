package io.kefuhub.core.plugin.jar;

import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.Permissions.Ability;
import io.kefuhub.core.plugin.RefusedException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads from a manifest what its plugin asks to be allowed. */
final class AskedPermissions {
    static final String SECRETS = "Plugin-Secrets";

    private static final Pattern YES_OR_NO = Pattern.compile("yes|no");
    private static final String ABILITIES =
            Arrays.stream(Ability.values()).map(Ability::word).collect(Collectors.joining(", "));
    private static final Pattern ABILITY = Pattern.compile(ABILITIES.replace(", ", "|"));

    private AskedPermissions() {}

    /** Reads what is asked; a word that is not known is refused, because it may mean more than it seems to. */
    static Permissions of(ManifestEntries entries) throws RefusedException {
        var hosts = entries.words("Plugin-Hosts", AllowedHosts.ENTRY, "api.example.com, *.example.org");
        var files = isYes(entries, "Plugin-Files");
        var secrets = isYes(entries, SECRETS);
        var abilities = EnumSet.noneOf(Ability.class);
        for (var word : entries.words("Plugin-Permissions", ABILITY, ABILITIES)) {
            Ability.of(word).ifPresent(abilities::add);
        }
        return new Permissions(AllowedHosts.of(hosts), files, secrets, abilities);
    }

    private static boolean isYes(ManifestEntries entries, String name) throws RefusedException {
        return entries.optional(name, YES_OR_NO, "yes").filter("yes"::equals).isPresent();
    }
}
