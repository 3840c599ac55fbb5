package io.kefuhub.core.plugin.life;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a dump of the heap looked through for what holds an unloaded plugin. Everybody stands still while the dump is
 * written, some tenths of a second for each 100 MB in use, so this is for what has leaked and nothing else can tell. One
 * thread only.
 */
final class HeapDumps {
    private static final Logger LOG = LoggerFactory.getLogger(HeapDumps.class);
    /** With more in use nobody is made to wait. */
    private static final long MOST_BYTES = 1L << 30;

    private static final int SPACE = 4;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String MEMORY = "-Xmx512m";

    private final Path folder;

    /** @param folder for the dump, which is deleted again; cleared at every start of the hub */
    HeapDumps(Path folder) {
        this.folder = folder;
    }

    /** The way to the loader of what left under this number, from its root on; empty when it cannot be told. */
    List<String> path(long number) {
        var dump = folder.resolve("leak-" + number + ".hprof");
        try {
            if (!isWorthIt()) return List.of();
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
            return read(dump, number);
        } catch (IOException e) {
            LOG.warn("The heap could not be looked through: {}", e.toString());
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            delete(dump);
        }
    }

    private boolean isWorthIt() throws IOException {
        var used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return used <= MOST_BYTES && Files.getFileStore(folder).getUsableSpace() > SPACE * used;
    }

    /** Another process, which may run out of memory without harm. */
    private List<String> read(Path dump, long number) throws IOException, InterruptedException {
        var output = folder.resolve("leak-" + number + ".txt");
        try {
            var reader = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            MEMORY,
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Djava.io.tmpdir=" + folder,
                            "-cp",
                            System.getProperty("java.class.path"),
                            HeapPath.class.getName(),
                            dump.toString(),
                            Long.toString(number))
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (reader.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS) && reader.exitValue() == 0) {
                return Files.readAllLines(output, StandardCharsets.UTF_8);
            }
            reader.destroyForcibly().waitFor();
            return List.of();
        } finally {
            delete(output);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", file, e);
        }
    }
}
