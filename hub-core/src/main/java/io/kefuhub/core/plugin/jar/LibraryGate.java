package io.kefuhub.core.plugin.jar;

import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.jar.loading.Libraries;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Judges the libraries in a jar that its manifest wants to stay loaded. They outlive the version, so none of them may refer
 * to a class of the jar that does not. One thread only.
 */
final class LibraryGate {
    private static final String ENTRY = "Plugin-Libraries";
    private static final String EXAMPLE = "com.example.shaded";
    private static final String WORD = "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";
    private static final Pattern PACKAGE = Pattern.compile(WORD + "(\\." + WORD + ")*");

    private final Libraries libraries;
    /** The classes of the jar that go with its version, as class files name them. */
    private final Set<String> own = new HashSet<>();

    private LibraryGate(Libraries libraries) {
        this.libraries = libraries;
    }

    /** @param names of all entries of the jar */
    static LibraryGate of(ManifestEntries manifest, String mainClass, Collection<String> names)
            throws RefusedException {
        var gate = new LibraryGate(new Libraries(manifest.words(ENTRY, PACKAGE, EXAMPLE)));
        if (!gate.libraries.isEmpty()) gate.look(mainClass, names);
        return gate;
    }

    private void look(String mainClass, Collection<String> names) throws RefusedException {
        var missing = new HashSet<>(libraries.packages());
        for (var name : names) {
            if (!ClassFiles.isClass(name)) continue;
            var isLibrary = false;
            for (var one : libraries.packages()) {
                if (!Libraries.holds(one, ClassFiles.name(name))) continue;
                missing.remove(one);
                isLibrary = true;
            }
            if (!isLibrary) own.add(ClassFiles.name(name).replace('.', '/'));
        }
        for (var one : libraries.packages()) {
            if (Libraries.holds(one, mainClass)) throw new RefusedException(Why.LIBRARY_IS_PLUGIN, one, mainClass);
            if (missing.contains(one)) throw new RefusedException(Why.LIBRARY_NOT_THERE, one);
        }
    }

    void judge(String path, ClassModel read) throws RefusedException {
        if (libraries.isEmpty() || !libraries.hold(ClassFiles.name(path))) return;
        for (var entry : read.constantPool()) {
            if (!(entry instanceof ClassEntry one)) continue;
            var name = element(one.asInternalName());
            if (!own.contains(name)) continue;
            throw new RefusedException(Why.LIBRARY_KNOWS_PLUGIN, ClassFiles.name(path), name.replace('/', '.'));
        }
    }

    /** Of an array, what is in it. */
    private static String element(String name) {
        return name.startsWith("[") && name.endsWith(";")
                ? name.substring(name.indexOf('L') + 1, name.length() - 1)
                : name;
    }

    Libraries libraries() {
        return libraries;
    }
}
