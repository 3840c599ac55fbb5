package io.kefuhub.api.kit;

import io.kefuhub.api.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Files in memory, and large ones in the folder for temporary files. Tells types by the first bytes, as the hub does, but
 * knows only a few. Safe for threads.
 */
public final class FakeFiles implements io.kefuhub.api.Files, AutoCloseable {
    private static final int IN_MEMORY = 1 << 20;

    private final Map<String, Content> files = new ConcurrentHashMap<>();
    private final List<Path> onDisk = new CopyOnWriteArrayList<>();
    private volatile boolean full;

    /** Lets every further file be refused for want of room. */
    public void fillUp() {
        full = true;
    }

    /** Keeps a file without looking at it. */
    public StoredFile put(String name, String mime, byte[] bytes) {
        var kept = bytes.clone();
        return put(name, mime, bytes.length, () -> new ByteArrayInputStream(kept));
    }

    /** Keeps a file that is made anew whenever it is opened. */
    public StoredFile put(LargeFile file) {
        return put(file.name(), file.mime(), file.size(), file::open);
    }

    private StoredFile put(String name, String mime, long size, Supplier<InputStream> opened) {
        var id = "f_" + UUID.randomUUID().toString().replace("-", "");
        var file = new StoredFile(id, name, mime, size);
        files.put(id, new Content(file, opened));
        return file;
    }

    @Override
    public Kept keep(String name, InputStream content, long limit) {
        try (content) {
            var start = content.readNBytes((int) Math.min(IN_MEMORY, limit + 1));
            if (start.length > limit) return new Kept.TooLarge(limit);
            if (full) return new Kept.NoRoom();
            var mime = mime(start);
            if (mime.isEmpty()) return new Kept.NotAllowed("its content is of no allowed type");
            var last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
            if (start.length < IN_MEMORY) return new Kept.Stored(put(last, mime, start));
            var path = written(start, content, limit);
            var size = Files.size(path);
            if (size > limit) return new Kept.TooLarge(limit);
            return new Kept.Stored(put(last, mime, size, () -> opened(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what there is, or a little more than the limit. */
    private Path written(byte[] start, InputStream rest, long limit) throws IOException {
        var path = Files.createTempFile("kefuhub-kit-", ".file");
        onDisk.add(path);
        try (var out = Files.newOutputStream(path)) {
            out.write(start);
            var buffer = new byte[16 * 1024];
            var size = (long) start.length;
            for (var read = rest.read(buffer); read >= 0 && size <= limit; read = rest.read(buffer)) {
                out.write(buffer, 0, read);
                size += read;
            }
        }
        return path;
    }

    private static InputStream opened(Path path) {
        try {
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<StoredFile> find(String id) {
        return Optional.ofNullable(files.get(id)).map(Content::file);
    }

    @Override
    public Optional<InputStream> open(String id) {
        return Optional.ofNullable(files.get(id)).map(content -> content.opened.get());
    }

    private static String mime(byte[] bytes) {
        var start = HexFormat.of().formatHex(bytes, 0, Math.min(12, bytes.length));
        if (start.startsWith("89504e470d0a1a0a")) return "image/png";
        if (start.startsWith("ffd8ff")) return "image/jpeg";
        if (start.startsWith("474946383")) return "image/gif";
        if (start.startsWith("52494646") && start.endsWith("57454250")) return "image/webp";
        if (start.startsWith("255044462d")) return "application/pdf";
        if (start.startsWith("504b0304")) return "application/zip";
        if (start.startsWith("66747970", 8)) return "video/mp4";
        return isPlainText(bytes) ? "text/plain" : "";
    }

    private static boolean isPlainText(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return !text.isEmpty()
                && !text.stripLeading().startsWith("<")
                && text.chars().noneMatch(c -> c == 0xFFFD || (c < 0x20 && c != '\n' && c != '\r' && c != '\t'));
    }

    @Override
    public void close() {
        try {
            for (var path : onDisk) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Content(StoredFile file, Supplier<InputStream> opened) {}
}
