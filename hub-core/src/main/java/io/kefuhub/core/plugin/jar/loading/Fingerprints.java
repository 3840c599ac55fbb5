package io.kefuhub.core.plugin.jar.loading;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.apache.commons.codec.digest.DigestUtils;

/** Tells whether two jars bring the same libraries. Safe for threads. */
final class Fingerprints {
    /** So many jars that were read are remembered. */
    private static final int MOST_KNOWN = 32;

    private static final Pattern VERSIONED = Pattern.compile("^META-INF/versions/\\d+/");

    private final Cache<String, String> known =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

    /**
     * The SHA-256 of all that is in the packages of the libraries, for every version of Java, in hex.
     *
     * @param sha256 of the jar, which is not read again then; empty when it is not known
     */
    String of(Path jar, String sha256, Libraries libraries) throws IOException {
        var before = known.getIfPresent(sha256);
        if (before != null) return before;
        var read = read(jar, libraries);
        if (!sha256.isEmpty()) known.put(sha256, read);
        return read;
    }

    private static String read(Path jar, Libraries libraries) throws IOException {
        var all = DigestUtils.getSha256Digest();
        // Not checked for signatures again: it was judged when it came.
        try (var file = new JarFile(jar.toFile(), false)) {
            for (var entry : libraries(file, libraries)) {
                all.update(entry.getName().getBytes(StandardCharsets.UTF_8));
                all.update((byte) 0);
                try (var content = file.getInputStream(entry)) {
                    all.update(DigestUtils.sha256(content));
                }
            }
        }
        return HexFormat.of().formatHex(all.digest());
    }

    private static List<? extends ZipEntry> libraries(JarFile jar, Libraries libraries) {
        return jar.stream()
                .filter(entry -> !entry.isDirectory() && libraries.hold(name(entry)))
                .sorted(Comparator.comparing(ZipEntry::getName))
                .toList();
    }

    private static String name(JarEntry entry) {
        var path = VERSIONED.matcher(entry.getName()).replaceFirst("");
        return path.replace('/', '.');
    }
}
