package io.kefuhub.core.plugin.life;

/** A version that is in memory, with the private copy it was loaded from. Immutable. */
record LoadedVersion(LoadedPlugin plugin, PrivateCopies.Copy copy, KeptVersion kept) {}
