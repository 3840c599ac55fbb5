package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A kind of file that plugins come in. Called by one thread at a time. */
public interface PluginFormat {
    /** What such files end with, such as {@code .jar}. */
    String suffix();

    /** Where people drop such files, if not into the folder for all. */
    default Optional<Path> folder() {
        return Optional.empty();
    }

    /** The file that belongs to one of these, if there can be one: a change of either is a new version. */
    default Optional<Path> beside(Path file) {
        return Optional.empty();
    }

    /**
     * What is judged and kept of a file: all that makes up a version, as one content.
     *
     * @param content as it lies in the folder or was uploaded; closed by the caller
     * @param beside what may belong to it; need not exist
     */
    default InputStream whole(String fileName, InputStream content, Optional<Path> beside) throws IOException {
        return content;
    }

    /**
     * Judges a file without running any of it.
     *
     * @param origin what comes with the hub need not be signed
     */
    About inspect(Path copy, Origin origin) throws RefusedException;

    /**
     * The same, for who knows what it is: what was judged before need not be read again.
     *
     * @param sha256 of the content
     */
    default About inspect(Path copy, String sha256, Origin origin) throws RefusedException {
        return inspect(copy, origin).with(sha256);
    }

    /**
     * Runs the first code of a version; nothing of it serves yet.
     *
     * @param copy stays as it is until the version is unloaded
     */
    LoadedPlugin load(Path copy, About about) throws RefusedException;
}
