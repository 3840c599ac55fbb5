package io.kefuhub.core.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables, as the files in {@code db/migration} make them. */
final class Schema {
    private static final String FOLDER = "db/migration";
    private static final String APPLIED =
            "select script, checksum from flyway_schema_history where success and type = 'SQL'";

    private Schema() {}

    /** Runs the files that were not run yet. Where all were, which is nearly always, only looks at their checksums. */
    static void bringUpToDate(DataSource source) {
        if (isUpToDate(source)) return;
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:" + FOLDER)
                .failOnMissingLocations(false)
                .load()
                .migrate();
    }

    /** Whether just the files that are here were run, each with the content it has here. */
    static boolean isUpToDate(DataSource source) {
        try (var connection = source.getConnection()) {
            var applied = applied(connection);
            return !applied.isEmpty() && applied.equals(files());
        } catch (SQLException | IOException | UncheckedIOException e) {
            // There is no history yet; or something is wrong, of which the one who runs them has more to say.
            return false;
        }
    }

    private static Map<String, Integer> applied(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(APPLIED)) {
            var all = new HashMap<String, Integer>();
            while (rows.next()) all.put(rows.getString(1), rows.getInt(2));
            return all;
        }
    }

    private static Map<String, Integer> files() throws IOException {
        var all = new HashMap<String, Integer>();
        for (var name : names()) {
            try (var file = Objects.requireNonNull(Schema.class.getResourceAsStream("/" + FOLDER + "/" + name), name)) {
                all.put(name, checksum(file));
            }
        }
        return all;
    }

    private static List<String> names() throws IOException {
        var folder = Schema.class.getResource("/" + FOLDER);
        if (folder == null) return List.of();
        if (folder.openConnection() instanceof JarURLConnection connection) {
            return connection.getJarFile().stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith(FOLDER + "/") && !name.endsWith("/"))
                    .map(name -> name.substring(FOLDER.length() + 1))
                    .toList();
        }
        try (var files = Files.list(Path.of(folder.getPath()))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** As Flyway counts it: line by line, without their ends. */
    private static int checksum(InputStream file) {
        var sum = new CRC32();
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                .lines()
                .forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
        return (int) sum.getValue();
    }
}
