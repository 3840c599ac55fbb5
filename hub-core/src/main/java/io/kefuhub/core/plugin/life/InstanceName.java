package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.Kind;

/** Names an instance. */
public record InstanceName(Kind kind, String key) {}
