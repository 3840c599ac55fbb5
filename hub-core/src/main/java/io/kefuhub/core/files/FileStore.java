package io.kefuhub.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Contents on disk, each under its SHA-256, {@code ab/cd/<hash>}. Whole and durable, or not there at all. Safe for
 * threads.
 */
public final class FileStore {
    /** Opens a new file to write to. */
    interface Opener {
        FileChannel open(Path path) throws IOException;
    }

    private static final String UNFINISHED = "unfinished";
    /** Left free, so that uploads never take the room in which the database must go on. */
    private static final long RESERVE = 256L << 20;

    private final Path root;
    private final Opener opener;

    public FileStore(Path root) {
        this(root, path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    FileStore(Path root, Opener opener) {
        this.root = root;
        this.opener = opener;
        try {
            if (!Files.exists(root)) {
                Files.createDirectory(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Files.createDirectories(root.resolve(UNFINISHED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String hash(List<ByteBuffer> content) {
        var digest = DigestUtils.getSha256Digest();
        content.forEach(piece -> digest.update(piece.duplicate()));
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Keeps a content; returns when it will survive a power cut.
     *
     * @throws FilesFullException when the disk has no room for it
     */
    void keep(String sha256, List<ByteBuffer> content) {
        var place = place(sha256);
        if (Files.exists(place)) {
            return;
        }
        var unfinished = unfinished();
        try {
            try (var channel = open(unfinished)) {
                for (var piece : content) {
                    var rest = piece.duplicate();
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                }
                channel.force(true);
            }
            var outer = makeFolder(root, sha256.substring(0, 2));
            var inner = makeFolder(outer, sha256.substring(2, 4));
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
            sync(inner);
        } catch (IOException e) {
            delete(unfinished);
            throw failure(e);
        }
    }

    /** A new file for a content that is too big to be held in memory while it comes in. */
    Path unfinished() {
        return root.resolve(UNFINISHED).resolve(UUID.randomUUID().toString());
    }

    /** @throws FilesFullException when too little of the disk is left */
    FileChannel open(Path path) throws IOException {
        if (root.toFile().getUsableSpace() < RESERVE) {
            throw new FilesFullException("less than " + (RESERVE >> 20) + " MB are left in " + root);
        }
        return opener.open(path);
    }

    Optional<InputStream> read(String sha256) {
        try {
            return Optional.of(Files.newInputStream(place(sha256)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a content lies, for those who send it without reading it. */
    Path place(String sha256) {
        return root.resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    void delete(String sha256) {
        delete(place(sha256));
    }

    /** Removes what was being written when a hub died. */
    void deleteUnfinished(Instant before) {
        try (var files = Files.newDirectoryStream(root.resolve(UNFINISHED))) {
            for (var file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    delete(file);
                }
            }
        } catch (NoSuchFileException e) {
            // Another upload ended just now.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RuntimeException failure(IOException e) {
        var message = String.valueOf(e.getMessage());
        return message.contains("No space left") || message.contains("quota exceeded")
                ? new FilesFullException("the disk is full", e)
                : new UncheckedIOException(e);
    }

    private static Path makeFolder(Path parent, String name) throws IOException {
        var folder = parent.resolve(name);
        if (!Files.isDirectory(folder)) {
            try {
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException e) {
                // Another upload made it just now.
            }
            sync(parent);
        }
        return folder;
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }
}
