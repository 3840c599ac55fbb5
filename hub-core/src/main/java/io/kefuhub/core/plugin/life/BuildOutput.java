package io.kefuhub.core.plugin.life;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** The folder that a build puts its jar into, with others that are no plugin. Immutable. */
record BuildOutput(Path folder) {
    private static final Pattern NO_PLUGIN =
            Pattern.compile("\\..*|original-.*|.*-(sources|javadoc|tests|test-sources)\\.jar");

    private record Found(Path file, FileTime time) {}

    /** The newest jar that may be a plugin; empty when there is none, as while it is built anew. */
    Optional<Path> newest() {
        var found = new ArrayList<Found>();
        try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (var jar : jars) {
                if (NO_PLUGIN.matcher(jar.getFileName().toString()).matches()) continue;
                found.add(new Found(jar, Files.getLastModifiedTime(jar)));
            }
        } catch (IOException _) {
            // It is being built: whoever waits for it is told again.
            return Optional.empty();
        }
        return found.stream().max(Comparator.comparing(Found::time)).map(Found::file);
    }
}
