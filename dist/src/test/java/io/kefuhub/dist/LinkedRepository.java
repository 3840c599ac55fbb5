package io.kefuhub.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Maven repository of its own that sees what this machine's holds, so that what is put into it stays out of there. */
record LinkedRepository(Path folder) implements AutoCloseable {
    private static final String OURS = "kefuhub";

    static LinkedRepository in(Path folder) throws IOException {
        var real = Path.of(System.getProperty("maven.repository"));
        var ours = Files.createDirectories(folder.resolve("io"));
        link(real, folder, "io");
        link(real.resolve("io"), ours, OURS);
        return new LinkedRepository(folder);
    }

    private static void link(Path from, Path to, String except) throws IOException {
        try (var entries = Files.list(from)) {
            for (var entry : entries.toList()) {
                var name = entry.getFileName().toString();
                if (!name.equals(except)) Files.createSymbolicLink(to.resolve(name), entry);
            }
        }
    }

    /** Takes the links away, and nothing that they lead to. */
    @Override
    public void close() throws IOException {
        for (var links : List.of(folder.resolve("io"), folder)) {
            try (var entries = Files.list(links)) {
                for (var entry : entries.filter(Files::isSymbolicLink).toList()) Files.delete(entry);
            }
        }
    }

    /** Puts a Maven first on the path that uses this repository, without the network but for what installs. */
    Map<String, String> environment() throws IOException {
        var bin = Files.createDirectories(folder.resolveSibling("bin"));
        var mvn = Files.writeString(bin.resolve("mvn"), """
                #!/bin/sh
                case "$*" in
                    *install-plugin*) ;;
                    *) set -- -o "$@" ;;
                esac
                exec "%s/bin/mvn" -B -q "-Dmaven.repo.local=%s" "$@"
                """.formatted(System.getProperty("maven.home"), folder));
        if (!mvn.toFile().setExecutable(true)) throw new IOException("not executable: " + mvn);
        return Map.of("PATH", bin + ":" + System.getenv("PATH"), "JAVA_HOME", System.getProperty("java.home"));
    }
}
