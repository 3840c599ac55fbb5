package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.RefusedException;
import java.nio.file.Path;

/** A kind of file that plugins come in. Called by one thread at a time. */
public interface PluginFormat {
    /** What such files end with, such as {@code .jar}. */
    String suffix();

    /**
     * Judges a file without running any of it.
     *
     * @param origin what comes with the hub need not be signed
     */
    About inspect(Path copy, Origin origin) throws RefusedException;

    /**
     * Runs the first code of a version; nothing of it serves yet.
     *
     * @param copy stays as it is until the version is unloaded
     */
    LoadedPlugin load(Path copy, About about) throws RefusedException;
}
