package io.kefuhub.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A content on its way in: in memory while it is small, else in a file that is gone when this is closed. */
final class Upload implements AutoCloseable {
    private static final int SMALL = 256 * 1024;

    private final ByteBuffer content;
    private final Optional<Path> file;

    private Upload(ByteBuffer content, Optional<Path> file) {
        this.content = content;
        this.file = file;
    }

    /** Reads to the end; empty when there is more than the limit. */
    static Optional<Upload> read(InputStream input, long limit, FileStore store) throws IOException {
        var first = input.readNBytes((int) Math.min(SMALL, limit + 1));
        if (first.length > limit) {
            return Optional.empty();
        }
        if (first.length < SMALL) {
            return Optional.of(new Upload(ByteBuffer.wrap(first), Optional.empty()));
        }
        var path = store.unfinished();
        try {
            return spill(first, input, limit, store, path);
        } catch (IOException | RuntimeException e) {
            FileStore.delete(path);
            throw e;
        }
    }

    private static Optional<Upload> spill(byte[] first, InputStream input, long limit, FileStore store, Path path)
            throws IOException {
        var size = (long) first.length;
        try (var channel = store.open(path)) {
            var chunk = first;
            while (chunk.length > 0) {
                var rest = ByteBuffer.wrap(chunk);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                chunk = input.readNBytes((int) Math.min(SMALL, limit + 1 - size));
                size += chunk.length;
                if (size > limit) {
                    FileStore.delete(path);
                    return Optional.empty();
                }
            }
        }
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return Optional.of(new Upload(channel.map(FileChannel.MapMode.READ_ONLY, 0, size), Optional.of(path)));
        }
    }

    ByteBuffer content() {
        return content;
    }

    @Override
    public void close() {
        file.ifPresent(FileStore::delete);
    }
}
