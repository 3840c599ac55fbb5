package io.kefuhub.core.plugin.life;

import java.util.Optional;

/**
 * Something about plugins has changed.
 *
 * @param activation how far one has come; empty when it is something else
 */
public record PluginNews(Optional<Activation> activation) {}
