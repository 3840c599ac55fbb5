package io.kefuhub.core.plugin.jar.loading;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** Loads what is in a plugin's library packages and nothing else of its jar. Safe for threads. */
final class LibraryLoader extends URLClassLoader {
    static {
        ClassLoader.registerAsParallelCapable();
    }

    private final Libraries libraries;
    private final Path copy;
    private final Rests rests = new Rests();

    private LibraryLoader(Libraries libraries, Path copy, ClassLoader api) throws IOException {
        super(new URL[] {copy.toUri().toURL()}, api);
        this.libraries = libraries;
        this.copy = copy;
    }

    /**
     * @param jar is copied, because it goes with its version
     * @param api all that is seen beside the libraries themselves
     */
    static LibraryLoader of(Libraries libraries, Path jar, ClassLoader api) throws IOException {
        var copy = Files.createTempFile(jar.toAbsolutePath().getParent(), "libraries-", ".jar");
        Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
        return new LibraryLoader(libraries, copy, api);
    }

    Path copy() {
        return copy;
    }

    Rests rests() {
        return rests;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!libraries.hold(name)) throw new ClassNotFoundException(name);
        return rests.between(() -> super.findClass(name));
    }

    @Override
    public @Nullable URL findResource(String name) {
        return holdsResource(name) ? super.findResource(name) : null;
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        return holdsResource(name) ? super.findResources(name) : Collections.emptyEnumeration();
    }

    private boolean holdsResource(String name) {
        return libraries.hold(name.replace('/', '.'));
    }

    @Override
    public void close() throws IOException {
        super.close();
        Files.deleteIfExists(copy);
    }
}
