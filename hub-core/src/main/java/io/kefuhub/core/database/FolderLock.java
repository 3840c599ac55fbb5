package io.kefuhub.core.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Held by the one hub that owns a data folder until its process is gone, however it goes. */
final class FolderLock implements AutoCloseable {
    /** A second look at a locked file from the same process would let go of the lock when it closes the file. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static FolderLock take(Path data) throws IOException {
        var file = data.toRealPath().resolve("hub.lock");
        if (!HELD_HERE.add(file)) {
            throw new DataFolderInUseException(data);
        }
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            HELD_HERE.remove(file);
            throw new DataFolderInUseException(data);
        }
        return new FolderLock(file, channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(file);
    }
}
