package io.kefuhub.core.plugin.jar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The folder that plugins are loaded from: copies named by their SHA-256, so that the folder people drop files into may
 * change at any time. One thread at a time.
 */
final class PrivateCopies {
    private final Path folder;

    PrivateCopies(Path folder) {
        this.folder = folder;
    }

    /** What was copied. */
    record Copy(Path path, String sha256) {}

    Path folder() {
        return folder;
    }

    Copy take(Path file) throws IOException {
        Files.createDirectories(folder);
        var temporary = Files.createTempFile(folder, "taking-", ".part");
        try {
            var sha256 = copy(file, temporary);
            var path = folder.resolve(sha256 + ".jar");
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Copy(path, sha256);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String copy(Path from, Path to) throws IOException {
        var digest = sha256();
        try (InputStream in = Files.newInputStream(from);
                var out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            in.transferTo(out);
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
