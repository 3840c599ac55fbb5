package io.kefuhub.core.plugin.life;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

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
        try (var in = new DigestInputStream(content, sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    private static String copy(InputStream from, Path to) throws IOException {
        var digest = sha256();
        try (var out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            from.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
