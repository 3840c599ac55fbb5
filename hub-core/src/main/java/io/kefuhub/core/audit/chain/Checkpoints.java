package io.kefuhub.core.audit.chain;

import io.kefuhub.core.config.SigningKey;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The checkpoints of a folder: a file a month, a line each, only ever added to. One thread writes. */
final class Checkpoints {
    private static final String PUBLIC = "audit.pub";

    private final Path folder;

    /** A line, as far as it can be read. */
    record Line(String file, int number, String text, Optional<Checkpoint> checkpoint) {}

    Checkpoints(Path folder) {
        this.folder = folder;
    }

    /** All lines, the oldest first; one that was cut off while it was written is none. */
    List<Line> all() {
        var lines = new ArrayList<Line>();
        files().forEach(file -> lines.addAll(lines(file)));
        return lines;
    }

    Optional<Line> last() {
        return files().reversed().stream()
                .flatMap(file -> lines(file).reversed().stream())
                .findFirst();
    }

    /** The public half of the key that signs, if it lies here. */
    Optional<String> publicHalf() {
        var file = folder.resolve(PUBLIC);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds one and returns when it is on the disk. */
    Checkpoint add(Link head, Instant now, SigningKey key) {
        var before = last().map(line -> hash(line.text())).orElse("");
        var checkpoint = Checkpoint.of(head, now, before, key);
        var month = YearMonth.from(now.atZone(ZoneOffset.UTC));
        try {
            Files.createDirectories(folder);
            if (publicHalf().filter(key.publicHalf()::equals).isEmpty()) {
                Files.writeString(folder.resolve(PUBLIC), key.publicHalf() + "\n");
            }
            append(folder.resolve("checkpoints-" + month + ".jsonl"), Json.text(checkpoint) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return checkpoint;
    }

    static String hash(String line) {
        return HexFormat.of().formatHex(Digests.text(line));
    }

    /** Behind the last whole line. */
    private static void append(Path file, String line) throws IOException {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.position(wholeLines(Files.readAllBytes(file)));
            var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.truncate(channel.position());
            channel.force(true);
        }
    }

    private static int wholeLines(byte[] file) {
        var end = file.length;
        while (end > 0 && file[end - 1] != '\n') end--;
        return end;
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) return List.of();
        try (var all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches("checkpoints-\\d{4}-\\d{2}\\.jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Line> lines(Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            var text = new String(bytes, 0, wholeLines(bytes), StandardCharsets.UTF_8);
            var lines = new ArrayList<Line>();
            var name = String.valueOf(file.getFileName());
            for (var line : text.lines().toList()) lines.add(new Line(name, lines.size() + 1, line, read(line)));
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Checkpoint> read(String line) {
        try {
            return Optional.of(Json.read(line.getBytes(StandardCharsets.UTF_8), Checkpoint.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
