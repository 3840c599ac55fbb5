package io.kefuhub.simulators;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Pictures and files that were sent, on disk, so that large ones cost no memory. Safe for threads. */
public final class Shelf implements AutoCloseable {
    private final Clock clock;
    private final Path folder;
    private final Map<String, Item> items = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** @param id what the platform calls it */
    public record Item(String id, String name, String type, long size, Path file, Instant at) {}

    /** Writes a file's content. */
    public interface Content {
        void writeTo(Path file) throws IOException;
    }

    Shelf(Clock clock) {
        this.clock = clock;
        try {
            this.folder = Files.createTempDirectory("kefuhub-simulator-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Item put(String id, String name, String type, Content content) {
        var file = folder.resolve(numbers.incrementAndGet() + ".bin");
        try {
            content.writeTo(file);
            var item = new Item(id, name, type, Files.size(file), file, clock.instant());
            items.put(id, item);
            return item;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Item put(String id, String name, String type, byte[] content) {
        return put(id, name, type, file -> Files.write(file, content));
    }

    public Item put(String id, String name, String type, InputStream content) {
        return put(id, name, type, file -> Files.copy(content, file));
    }

    /** A file of that size whose bytes are the same each time. */
    public Item make(String id, String name, String type, long size) {
        return put(id, name, type, file -> {
            try (var out = Files.newOutputStream(file)) {
                var random = new Random(size);
                var block = new byte[64 * 1024];
                for (var left = size; left > 0; left -= block.length) {
                    random.nextBytes(block);
                    out.write(block, 0, (int) Math.min(left, block.length));
                }
            }
        });
    }

    public Optional<Item> find(String id) {
        return Optional.ofNullable(items.get(id));
    }

    void clear() {
        items.values().forEach(item -> item.file.toFile().delete());
        items.clear();
    }

    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
