package io.kefuhub.core.plugin.jar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Makes zips that no usual tool would make. */
public final class Zips {
    public static final int MIB = 1024 * 1024;

    private Zips() {}

    /** Writes a jar again with further entries, each with the content packed already as the only entry of a zip. */
    public static void addPacked(Path jar, Map<String, Path> packed) throws IOException {
        var whole = Files.createTempFile(jar.getParent(), "whole", ".zip");
        try (var out = new ZipArchiveOutputStream(whole);
                var old = ZipFile.builder().setPath(jar).get()) {
            old.copyRawEntries(out, _ -> true);
            for (var one : packed.entrySet()) {
                try (var from = ZipFile.builder().setPath(one.getValue()).get()) {
                    var content = from.getEntries().nextElement();
                    var entry = new ZipArchiveEntry(content);
                    var renamed = new ZipArchiveEntry(one.getKey());
                    renamed.setMethod(entry.getMethod());
                    renamed.setSize(entry.getSize());
                    renamed.setCompressedSize(entry.getCompressedSize());
                    renamed.setCrc(entry.getCrc());
                    out.addRawArchiveEntry(renamed, from.getRawInputStream(content));
                }
            }
        }
        Files.move(whole, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** Packs so many MiB that shrink to about a hundredth. */
    public static Path packed(Path folder, int mib) throws IOException {
        var piece = new byte[MIB];
        var random = new Random(7);
        for (var at = 0; at < MIB; at += 16 * 1024) {
            var noise = new byte[100];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, piece, at, noise.length);
        }
        return pack(folder, piece, mib);
    }

    /** Packs so many MiB of nothing, which shrink to a thousandth. */
    public static Path bomb(Path folder, int mib) throws IOException {
        return pack(folder, new byte[MIB], mib);
    }

    private static Path pack(Path folder, byte[] piece, int times) throws IOException {
        var file = Files.createTempFile(folder, "packed", ".zip");
        try (var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(file))) {
            out.setLevel(Deflater.BEST_SPEED);
            out.putNextEntry(new java.util.zip.ZipEntry("content"));
            for (var i = 0; i < times; i++) out.write(piece);
            out.closeEntry();
        }
        return file;
    }

    /** Puts other characters, as many, in the place of some wherever they stand in the file. */
    public static void replace(Path file, String what, String by) throws IOException {
        var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (!bytes.contains(what) || what.length() != by.length()) throw new IllegalArgumentException(what);
        Files.write(file, bytes.replace(what, by).getBytes(StandardCharsets.ISO_8859_1));
    }
}
