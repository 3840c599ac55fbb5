package io.kefuhub.core.plugin.jar;

import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A zip that nobody trusts yet, read within bounds that are counted while reading: what its headers say of sizes is not
 * believed. One thread only.
 */
final class BoundedZip implements AutoCloseable {
    private static final int MIB = 1024 * 1024;
    private static final int MOST_FILE_MIB = 128;
    private static final int MOST_ENTRIES = 20_000;
    private static final int MOST_ENTRY_MIB = 64;
    private static final int MOST_UNPACKED_MIB = 512;
    private static final int MOST_RATIO = 200;
    private static final Pattern UNSAFE =
            Pattern.compile("/.*|[A-Za-z]:.*|(.*/)?\\.\\.(/.*)?|.*[\\\\\\p{Cntrl}].*|", Pattern.DOTALL);

    private final ZipFile zip;
    private final SequencedMap<String, ZipEntry> entries = new LinkedHashMap<>();
    private final byte[] buffer = new byte[16 * 1024];
    private long unpacked;

    private BoundedZip(ZipFile zip) {
        this.zip = zip;
    }

    static BoundedZip open(Path file) throws RefusedException {
        try {
            if (Files.size(file) > (long) MOST_FILE_MIB * MIB) {
                throw new RefusedException(Why.FILE_TOO_LARGE, MOST_FILE_MIB);
            }
            var opened = new BoundedZip(new ZipFile(file.toFile()));
            try {
                opened.list();
                return opened;
            } catch (RefusedException e) {
                opened.close();
                throw e;
            }
        } catch (IOException | IllegalArgumentException _) {
            throw new RefusedException(Why.NOT_A_JAR);
        }
    }

    private void list() throws RefusedException {
        if (zip.size() > MOST_ENTRIES) throw new RefusedException(Why.TOO_MANY_ENTRIES, zip.size(), MOST_ENTRIES);
        for (var all = zip.entries(); all.hasMoreElements(); ) {
            var entry = all.nextElement();
            if (UNSAFE.matcher(entry.getName()).matches()) throw new RefusedException(Why.UNSAFE_NAME, entry.getName());
            if (entries.put(entry.getName(), entry) != null) {
                throw new RefusedException(Why.DOUBLED_NAME, entry.getName());
            }
        }
    }

    /** The names of all entries, in the jar's order; no two are the same. */
    SequencedSet<String> names() {
        return entries.sequencedKeySet();
    }

    byte[] read(String name) throws RefusedException {
        var entry = entry(name);
        var bytes = new ByteArrayOutputStream(Math.clamp(entry.getSize(), 32, MIB));
        read(entry, bytes);
        return bytes.toByteArray();
    }

    /** Reads an entry to its end, for its bounds and its check sum. */
    void skip(String name) throws RefusedException {
        read(entry(name), OutputStream.nullOutputStream());
    }

    private ZipEntry entry(String name) {
        var entry = entries.get(name);
        if (entry == null) throw new IllegalArgumentException("no such entry: " + name);
        return entry;
    }

    private void read(ZipEntry entry, OutputStream to) throws RefusedException {
        var sum = new CRC32();
        var size = 0L;
        try (var in = zip.getInputStream(entry)) {
            for (int count; (count = in.read(buffer)) > 0; ) {
                size += count;
                unpacked += count;
                keepBounds(entry, size);
                sum.update(buffer, 0, count);
                to.write(buffer, 0, count);
            }
        } catch (IOException | IllegalArgumentException _) {
            throw new RefusedException(Why.DAMAGED, entry.getName());
        }
        if (sum.getValue() != entry.getCrc()) throw new RefusedException(Why.DAMAGED, entry.getName());
    }

    private void keepBounds(ZipEntry entry, long size) throws RefusedException {
        if (size > MIB && size / MOST_RATIO > entry.getCompressedSize()) {
            throw new RefusedException(Why.PACKED_TOO_TIGHTLY, entry.getName(), MOST_RATIO);
        }
        if (size > (long) MOST_ENTRY_MIB * MIB) {
            throw new RefusedException(Why.ENTRY_TOO_LARGE, entry.getName(), MOST_ENTRY_MIB);
        }
        if (unpacked > (long) MOST_UNPACKED_MIB * MIB) {
            throw new RefusedException(Why.UNPACKED_TOO_LARGE, MOST_UNPACKED_MIB);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
