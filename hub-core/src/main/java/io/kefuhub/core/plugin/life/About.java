package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.cases.GoldenCases;

/**
 * What a plugin file says of itself. Immutable.
 *
 * @param permissions it asks for
 * @param cases that must hold before it serves
 */
public record About(
        String plugin,
        String version,
        String sha256,
        VersionProfile profile,
        Permissions permissions,
        GoldenCases cases) {
    About with(String hash) {
        return new About(plugin, version, hash, profile, permissions, cases);
    }
}
