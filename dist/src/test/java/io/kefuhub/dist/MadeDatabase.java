package io.kefuhub.dist;

import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A database without a row for a new home: to make one takes a third of a first start. {@link SmokeIT} has the hub do
 * it.
 */
final class MadeDatabase {
    private MadeDatabase() {}

    /** Puts one into a home that has none. */
    static void in(Path home) {
        var data = home.resolve("data");
        if (Files.exists(data)) return;
        try (var made = Files.list(Once.DATA)) {
            Files.createDirectories(data);
            for (var one : made.toList()) {
                var name = one.getFileName().toString();
                // The programs themselves are not written to.
                if (name.startsWith("postgres-bin")) Files.createSymbolicLink(data.resolve(name), one);
                else if (name.startsWith("postgres")) Shell.run(List.of("cp", "-a", one.toString(), data.toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made when it is first asked for. */
    private static final class Once {
        static final Path DATA = make();

        private static Path make() {
            var home = Shell.folder("database-");
            try (var postgres = EmbeddedPostgres.start(home, _ -> {});
                    var _ = Database.open(postgres.address())) {
                return home.resolve("data");
            }
        }
    }
}
