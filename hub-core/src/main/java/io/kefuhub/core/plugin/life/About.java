package io.kefuhub.core.plugin.life;

/** What a plugin file says of itself. Immutable. */
public record About(String plugin, String version, String sha256) {}
