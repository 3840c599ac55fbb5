package io.kefuhub.core.plugin.jar;

import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.jar.loading.Libraries;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads, entry by entry, what the libraries in a jar are that its manifest wants to stay loaded. They outlive the version,
 * so none of them may refer to a class of the jar that does not. One thread only.
 */
final class LibraryReading {
    private static final String ENTRY = "Plugin-Libraries";
    private static final String EXAMPLE = "com.example.shaded";
    private static final String WORD = "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";
    private static final Pattern PACKAGE = Pattern.compile(WORD + "(\\." + WORD + ")*");
    private static final Pattern ARRAY = Pattern.compile("\\[+L(.+);");

    private final List<String> packages;
    private final MessageDigest digest = sha256();
    private final SortedMap<String, byte[]> digests = new TreeMap<>();
    private final Set<String> own = new HashSet<>();
    private final List<Reference> references = new ArrayList<>();

    private record Reference(String from, String to) {}

    private LibraryReading(List<String> packages) {
        this.packages = packages;
    }

    static LibraryReading of(ManifestEntries manifest, String mainClass) throws RefusedException {
        var packages = manifest.words(ENTRY, PACKAGE, EXAMPLE);
        for (var one : packages) {
            if (Libraries.hold(List.of(one), mainClass)) {
                throw new RefusedException(Why.LIBRARY_IS_PLUGIN, one, mainClass);
            }
        }
        return new LibraryReading(packages);
    }

    /** Whether an entry is to be given to {@link #add}. */
    boolean wants(String path) {
        return !packages.isEmpty() && (ClassFiles.isClass(path) || isLibrary(path));
    }

    /** @param read of it, when it is a class that may be loaded */
    void add(String path, byte[] bytes, Optional<ClassModel> read) {
        if (!wants(path)) return;
        if (!isLibrary(path)) {
            own.add(ClassFiles.name(path));
            return;
        }
        digests.put(path, digest.digest(bytes));
        read.ifPresent(model -> addReferences(ClassFiles.name(path), model));
    }

    private boolean isLibrary(String path) {
        return Libraries.hold(packages, ClassFiles.plain(path).replace('/', '.'));
    }

    private void addReferences(String name, ClassModel model) {
        for (var entry : model.constantPool()) {
            if (!(entry instanceof ClassEntry one)) continue;
            var to = className(one);
            if (!to.startsWith("java.") && !Libraries.hold(packages, to)) references.add(new Reference(name, to));
        }
    }

    /** Of an array, that of what is in it. */
    private static String className(ClassEntry entry) {
        return ARRAY.matcher(entry.asInternalName()).replaceFirst("$1").replace('/', '.');
    }

    Libraries finish() throws RefusedException {
        if (packages.isEmpty()) return Libraries.NONE;
        for (var one : packages) {
            var isThere = digests.keySet().stream()
                    .anyMatch(path -> ClassFiles.isClass(path) && Libraries.hold(List.of(one), ClassFiles.name(path)));
            if (!isThere) throw new RefusedException(Why.LIBRARY_NOT_THERE, one);
        }
        for (var reference : references) {
            if (own.contains(reference.to())) {
                throw new RefusedException(Why.LIBRARY_KNOWS_PLUGIN, reference.from(), reference.to());
            }
        }
        digests.forEach((path, its) -> {
            digest.update(path.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(its);
        });
        return new Libraries(packages, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
