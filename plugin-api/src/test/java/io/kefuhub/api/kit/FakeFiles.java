package io.kefuhub.api.kit;

import io.kefuhub.api.Files;
import io.kefuhub.api.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Files in memory. Tells types by the first bytes, as the hub does, but knows only a few. Safe for threads. */
public final class FakeFiles implements Files {
    private final Map<String, Content> files = new ConcurrentHashMap<>();
    private volatile boolean full;

    /** Lets every further file be refused for want of room. */
    public void fillUp() {
        full = true;
    }

    /** Keeps a file without looking at it. */
    public StoredFile put(String name, String mime, byte[] bytes) {
        var id = "f_" + UUID.randomUUID().toString().replace("-", "");
        var file = new StoredFile(id, name, mime, bytes.length);
        files.put(id, new Content(file, bytes.clone()));
        return file;
    }

    @Override
    public Kept keep(String name, InputStream content, long limit) {
        try (content) {
            var bytes = content.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, limit + 1));
            if (bytes.length > limit) return new Kept.TooLarge(limit);
            if (full) return new Kept.NoRoom();
            var mime = mime(bytes);
            if (mime.isEmpty()) return new Kept.NotAllowed("its content is of no allowed type");
            var last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
            return new Kept.Stored(put(last, mime, bytes));
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
        return Optional.ofNullable(files.get(id)).map(content -> new ByteArrayInputStream(content.bytes));
    }

    private static String mime(byte[] bytes) {
        var start = HexFormat.of().formatHex(bytes, 0, Math.min(12, bytes.length));
        if (start.startsWith("89504e470d0a1a0a")) return "image/png";
        if (start.startsWith("ffd8ff")) return "image/jpeg";
        if (start.startsWith("474946383")) return "image/gif";
        if (start.startsWith("52494646") && start.endsWith("57454250")) return "image/webp";
        if (start.startsWith("255044462d")) return "application/pdf";
        if (start.startsWith("504b0304")) return "application/zip";
        return isPlainText(bytes) ? "text/plain" : "";
    }

    private static boolean isPlainText(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return !text.isEmpty()
                && !text.stripLeading().startsWith("<")
                && text.chars().noneMatch(c -> c == 0xFFFD || (c < 0x20 && c != '\n' && c != '\r' && c != '\t'));
    }

    private record Content(StoredFile file, byte[] bytes) {}
}
