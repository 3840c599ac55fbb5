package io.kefuhub.bench.start;

import io.kefuhub.bench.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What one start took.
 *
 * @param ready from the start of the process until it served
 * @param cpuSeconds of the process until then
 */
record Started(Duration ready, double cpuSeconds) {
    static Started since(long began, long pid) throws IOException {
        return new Started(
                Duration.ofNanos(System.nanoTime() - began), Usage.of(pid).cpuSeconds());
    }

    /** What of a process is in memory, all that it shares with others included. */
    static long residentBytes(long pid) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
        throw new IOException("process " + pid + " has ended");
    }
}
