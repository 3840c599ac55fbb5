package io.kefuhub.core.plugin.jar;

import io.kefuhub.core.plugin.Refusal;
import io.kefuhub.core.plugin.Refusal.Why;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/** Verifies signatures of jars as the JDK's jarsigner makes them. Safe for threads. */
final class Signatures {
    private static final Pattern NOT_TO_BE_SIGNED =
            Pattern.compile("(?i)META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]*)|.*/");
    private static final Pattern SIGNATURE = Pattern.compile("(?i)META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    private final SignerTrust trust;

    Signatures(SignerTrust trust) {
        this.trust = trust;
    }

    /**
     * @param names of all entries, already found to be within bounds
     */
    Signature verify(Path jar, Set<String> names) {
        if (names.stream().noneMatch(name -> SIGNATURE.matcher(name).matches())) return new Signature.Unsigned();
        try (var file = new JarFile(jar.toFile(), true)) {
            var removed = removed(file.getManifest(), names);
            if (removed.isPresent()) return broken(Why.REMOVED_ENTRY, removed.get());
            return verify(file, names);
        } catch (IOException | SecurityException _) {
            return broken(Why.BROKEN_SIGNATURE);
        }
    }

    private Signature verify(JarFile file, Set<String> names) throws IOException {
        List<CodeSigner> ofAll = List.of();
        var unsigned = new ArrayList<String>();
        var signed = 0;
        for (var name : names) {
            if (NOT_TO_BE_SIGNED.matcher(name).matches()) continue;
            var entry = file.getJarEntry(name);
            try (var in = file.getInputStream(entry)) {
                if (!isWhole(in)) return broken(Why.CHANGED_ENTRY, name);
            }
            var signers = entry.getCodeSigners();
            if (signers == null) {
                unsigned.add(name);
            } else {
                ofAll = signed++ == 0 ? List.of(signers) : common(ofAll, List.of(signers));
                if (ofAll.isEmpty()) return broken(Why.ADDED_ENTRY, name);
            }
        }
        if (signed == 0) return broken(Why.BROKEN_SIGNATURE);
        return unsigned.isEmpty() ? trust.judge(ofAll) : broken(Why.ADDED_ENTRY, unsigned.getFirst());
    }

    private static List<CodeSigner> common(List<CodeSigner> some, List<CodeSigner> others) {
        return some.stream().filter(others::contains).toList();
    }

    /** Reads to the end, where Java compares what it read with what was signed. */
    private static boolean isWhole(InputStream in) throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SecurityException _) {
            return false;
        }
    }

    private static Optional<String> removed(Manifest manifest, Set<String> names) {
        return manifest.getEntries().entrySet().stream()
                .filter(entry -> !names.contains(entry.getKey()))
                .filter(entry -> entry.getValue().keySet().stream()
                        .anyMatch(name -> name.toString().endsWith("-Digest")))
                .map(entry -> entry.getKey())
                .findFirst();
    }

    private static Signature broken(Why why, Object... values) {
        return new Signature.Broken(Refusal.of(why, values));
    }
}
