package io.kefuhub.core.plugin.life;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a dump of the heap looked through for what holds unloaded plugins. Everybody stands still while the dump is
 * written, some tenths of a second for each 100 MB in use, so this is only done when an admin asks for it. One thread only.
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

    /**
     * The ways to the loaders of what left under these numbers, each from its root on, as far as they can be told; empty
     * when the heap is too large for it, or the disk too full.
     */
    Optional<Map<Long, List<String>>> paths(Collection<Long> numbers) {
        var dump = folder.resolve("leak.hprof");
        try {
            if (!isWorthIt()) return Optional.empty();
            delete(dump);
            var began = System.nanoTime();
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
            LOG.info("The hub stood still for {} ms while its heap was written", millisSince(began));
            return Optional.of(read(dump, numbers));
        } catch (IOException e) {
            LOG.warn("The heap could not be looked through: {}", e.toString());
            return Optional.of(Map.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Map.of());
        } finally {
            delete(dump);
        }
    }

    private static long millisSince(long nanoTime) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime);
    }

    private boolean isWorthIt() throws IOException {
        var used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return used <= MOST_BYTES && Files.getFileStore(folder).getUsableSpace() > SPACE * used;
    }

    /** Another process, which may run out of memory without harm. */
    private Map<Long, List<String>> read(Path dump, Collection<Long> numbers) throws IOException, InterruptedException {
        var output = folder.resolve("leak.txt");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                MEMORY,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                HeapPath.class.getName(),
                dump.toString()));
        numbers.forEach(number -> command.add(Long.toString(number)));
        try {
            var reader = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (reader.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS) && reader.exitValue() == 0) {
                return byNumber(Files.readAllLines(output, StandardCharsets.UTF_8));
            }
            reader.destroyForcibly().waitFor();
            return Map.of();
        } finally {
            delete(output);
        }
    }

    private static Map<Long, List<String>> byNumber(List<String> lines) {
        var paths = new HashMap<Long, List<String>>();
        for (var line : lines) {
            var number = Long.valueOf(line.substring(0, line.indexOf(' ')));
            paths.computeIfAbsent(number, _ -> new ArrayList<>()).add(line.substring(line.indexOf(' ') + 1));
        }
        return paths;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", file, e);
        }
    }
}
