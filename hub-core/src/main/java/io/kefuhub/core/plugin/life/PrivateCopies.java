package io.kefuhub.core.plugin.life;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The folder that plugins are loaded from: copies of their own for every load, so that the folder people drop files into
 * may change at any time. Safe for threads.
 */
final class PrivateCopies {
    private final Path folder;
    private final AtomicLong numbers = new AtomicLong();

    /** What was copied. */
    record Copy(Path path, String sha256) {
        byte[] bytes() throws IOException {
            return Files.readAllBytes(path);
        }

        void delete() {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                // Thrown away with the rest at the next start.
                path.toFile().deleteOnExit();
            }
        }
    }

    PrivateCopies(Path folder) {
        this.folder = folder;
    }

    /** Throws away what the last end of the hub left. */
    void clear() throws IOException {
        Files.createDirectories(folder);
        try (var left = Files.newDirectoryStream(folder)) {
            for (var file : left) Files.deleteIfExists(file);
        }
    }

    Copy take(InputStream content, String suffix) throws IOException {
        Files.createDirectories(folder);
        var temporary = Files.createTempFile(folder, "taking-", ".part");
        try {
            var sha256 = copy(content, temporary);
            var path = folder.resolve(sha256 + "-" + numbers.incrementAndGet() + suffix);
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            return new Copy(path, sha256);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    static String hash(InputStream content) throws IOException {
        return DigestUtils.sha256Hex(content);
    }

    private static String copy(InputStream from, Path to) throws IOException {
        var digest = DigestUtils.getSha256Digest();
        try (var out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            from.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
