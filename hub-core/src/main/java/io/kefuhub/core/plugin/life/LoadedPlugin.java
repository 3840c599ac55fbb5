package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.PluginVersion;
import java.util.List;

/** One version of a plugin in memory. Safe for threads. */
public interface LoadedPlugin {
    PluginVersion version();

    List<Offer<?>> offers();

    /** Is made ready from now on, behind one that serves: it may take its time, and must not take everybody's. */
    default void makesReady() {}

    /** Serves in a moment: a customer may wait for whatever it does from now on. */
    default void serves() {}

    /** Comes up to speed before it serves; takes a second at most. Says whether there was anything to do. */
    default boolean warm() {
        return false;
    }

    /** Serves already, and comes up to speed behind that. */
    default void warmLater() {}

    /**
     * Lets go of its code; its instances are closed and nobody asks its factories any more.
     *
     * @return what must leave memory now: this version, and under its name what else was loaded for it and nobody needs
     */
    List<PluginVersion> unload();
}
