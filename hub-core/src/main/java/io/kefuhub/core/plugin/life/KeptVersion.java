package io.kefuhub.core.plugin.life;

import io.kefuhub.core.web.Words;
import java.time.Instant;
import java.util.Optional;

/**
 * A version of a plugin that the hub keeps. Immutable.
 *
 * @param setAside why it must not be started again by itself; empty for one that may
 */
public record KeptVersion(
        String sha256,
        String plugin,
        String version,
        String fileName,
        Origin origin,
        Optional<Words> setAside,
        VersionProfile profile,
        Instant firstSeen) {}
