package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.cases.GoldenCases;

/**
 * What a plugin file says of itself. Immutable.
 *
 * @param cases that must hold before it serves
 */
public record About(String plugin, String version, String sha256, GoldenCases cases) {}
