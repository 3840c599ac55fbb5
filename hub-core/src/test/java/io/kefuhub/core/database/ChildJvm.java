package io.kefuhub.core.database;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of the tests in a process of its own, which can be killed.
 *
 * <p>One that ends by itself leaves an archive of its classes, with which the next of its kind starts in a third of the
 * time, in later test runs too as long as no class changes. Archives are only made of jars, so the folders on the class
 * path are packed first.
 */
public final class ChildJvm implements AutoCloseable {
    private static final Path FOLDER = Path.of("target/children").toAbsolutePath();

    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    public static ChildJvm start(Class<?> main, String... arguments) {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + ClassPath.archive(main),
                "-Xlog:disable",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                ClassPath.OF_JARS,
                main.getName()));
        words.addAll(List.of(arguments));
        try {
            return new ChildJvm(new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line it prints, or nothing when it has ended. */
    public String line() {
        try {
            var line = output.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads and forgets whatever it prints from now on, so that it never waits for a reader. */
    public void printsNothingMore() {
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
    }

    /** Kills it with signal 9 and gives what it had printed until then. */
    List<String> kill() {
        // Through its handle, which leaves the pipe with its last lines open.
        process.toHandle().destroyForcibly();
        return output.lines().toList();
    }

    /** Kills it with signal 9; returns when it is gone. */
    public void killed() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** Asks it to end by itself; says whether it did. */
    public boolean ends() throws InterruptedException {
        process.toHandle().destroy();
        return process.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** This JVM's class path with jars in place of folders. */
    private static final class ClassPath {
        static final String OF_JARS = make();

        /** Named by what it was made from: the JVM neither uses nor replaces one that was made from something else. */
        static Path archive(Class<?> main) {
            var newest = Stream.of(OF_JARS.split(File.pathSeparator))
                    .mapToLong(jar -> new File(jar).lastModified())
                    .max()
                    .orElse(0);
            return FOLDER.resolve(main.getSimpleName() + "-" + Objects.hash(OF_JARS, newest) + ".jsa");
        }

        private static String make() {
            try {
                Files.createDirectories(FOLDER);
                return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(Files::exists)
                        .map(part -> Files.isDirectory(part) ? pack(part).toString() : part.toString())
                        .collect(Collectors.joining(File.pathSeparator));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Path pack(Path folder) {
            try {
                var jar = FOLDER.resolve(Integer.toHexString(folder.toString().hashCode()) + ".jar");
                if (isNewerThanAll(jar, folder)) return jar;
                deleteArchives();
                try (var out = new JarOutputStream(Files.newOutputStream(jar));
                        var files = Files.walk(folder)) {
                    for (var file : files.filter(Files::isRegularFile).toList()) {
                        out.putNextEntry(
                                new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                        Files.copy(file, out);
                    }
                }
                return jar;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A folder's own time tells of files that went away. */
        private static boolean isNewerThanAll(Path jar, Path folder) throws IOException {
            if (!Files.exists(jar)) return false;
            var packed = Files.getLastModifiedTime(jar);
            try (var files = Files.walk(folder)) {
                for (var file : files.toList()) {
                    if (Files.getLastModifiedTime(file).compareTo(packed) >= 0) return false;
                }
            }
            return true;
        }

        private static void deleteArchives() throws IOException {
            try (var archives = Files.newDirectoryStream(FOLDER, "*.jsa")) {
                for (var archive : archives) Files.delete(archive);
            }
        }
    }
}
