package io.kefuhub.core.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** New home folders for hubs under test, below the build folder; PostgreSQL is unpacked once for all of them. */
public final class TestHome {
    private static final Path ROOT = Path.of("target/homes").toAbsolutePath();
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM = 4L << 30;
    private static final String PREFIX = "kefuhub-tests-";

    private TestHome() {}

    public static Path fresh() {
        return fresh(Place.ON_DISK);
    }

    /** In memory where the machine has a folder there with room enough: for what need not be durable. */
    static Path inMemory() {
        return fresh(Place.IN_MEMORY);
    }

    private static synchronized Path fresh(Place place) {
        try {
            var programs = programs();
            var home = place.fresh();
            var data = Files.createDirectory(home.resolve("data"));
            Files.createSymbolicLink(data.resolve(programs.getFileName()), programs);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Several Java machines may test at once; one of them unpacks. */
    private static Path programs() throws IOException {
        Files.createDirectories(ROOT);
        try (var file = FileChannel.open(
                        ROOT.resolve("unpacking"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = file.lock()) {
            return PostgresBinaries.unpack(ROOT, line -> {});
        }
    }

    /** A home with a database that was created and stopped before; a copy of one takes a tenth of the time. */
    public static Path withDatabase() {
        var home = fresh();
        for (var name : new String[] {"postgres", "postgres.password"}) {
            var from = Template.HOME.resolve("data").resolve(name).toString();
            var copied = Command.run("cp", "-a", from, home.resolve("data").toString());
            if (!copied.ok()) throw new IllegalStateException(copied.output());
        }
        return home;
    }

    public static void delete(Path home) {
        try {
            Folders.delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where homes are made.
     *
     * @param prefix of their names; in memory, where no build cleans up, it tells whose they are
     */
    private record Place(Path folder, String prefix) {
        static final Place ON_DISK = new Place(ROOT, "home-");
        static final Place IN_MEMORY = choose();

        private static Place choose() {
            try {
                if (!Files.isWritable(MEMORY) || Files.getFileStore(MEMORY).getUsableSpace() < ROOM) {
                    return ON_DISK;
                }
                removeThoseOfTheDead();
                return new Place(MEMORY, PREFIX + ProcessHandle.current().pid() + "-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void removeThoseOfTheDead() throws IOException {
            try (var homes = Files.newDirectoryStream(MEMORY, PREFIX + "*")) {
                for (var home : homes) {
                    var pid = home.getFileName().toString().split("-")[2];
                    if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) remove(home);
                }
            }
        }

        private static void remove(Path home) {
            try {
                Folders.delete(home);
            } catch (IOException | UncheckedIOException e) {
                // Another Java machine removes it at this moment, or it is another user's.
            }
        }

        Path fresh() throws IOException {
            return Files.createTempDirectory(folder, prefix);
        }
    }

    /** Made when it is first asked for, anew in each test run. */
    private static final class Template {
        static final Path HOME = create();

        private static Path create() {
            var home = fresh();
            EmbeddedPostgres.start(home, line -> {}).close();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(home)));
            return home;
        }
    }
}
