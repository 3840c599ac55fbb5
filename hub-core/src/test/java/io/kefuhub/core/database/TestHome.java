package io.kefuhub.core.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** New home folders for hubs under test, below the build folder; PostgreSQL is unpacked once for all of them. */
public final class TestHome {
    private static final Path ROOT = Path.of("target/homes").toAbsolutePath();

    private TestHome() {}

    public static synchronized Path fresh() {
        try {
            var programs = PostgresBinaries.unpack(Files.createDirectories(ROOT), line -> {});
            var home = Files.createTempDirectory(ROOT, "home-");
            var data = Files.createDirectory(home.resolve("data"));
            Files.createSymbolicLink(data.resolve(programs.getFileName()), programs);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void delete(Path home) {
        try {
            Folders.delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
