package io.kefuhub.core.plugin;

import java.util.List;

/** What became of one plugin file. Immutable. */
public sealed interface PluginState {
    /** Name of the file it came in. */
    String file();

    /**
     * It is loaded, and what it offers is in the {@link Contributions}.
     *
     * @param offers what instances can be made of
     */
    record Serving(String file, PluginVersion plugin, List<Offer<?>> offers) implements PluginState {
        public Serving {
            offers = List.copyOf(offers);
        }
    }

    /**
     * It is not loaded, and nothing of it stays.
     *
     * @param reason what is wrong and, where that is known, what to do; for an admin's eyes
     */
    record Refused(String file, String reason) implements PluginState {}
}
