package io.kefuhub.bench;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What processes have used, as the Linux kernel counts it.
 *
 * @param cpuSeconds in all, that of children that ended included
 * @param bytes resident; memory shared with other processes in shares
 */
public record Usage(double cpuSeconds, long bytes) {
    /** The kernel's clock tick, the same on every machine Java 25 runs on. */
    private static final double TICKS = 100;

    private static final int UTIME = 11;
    private static final int CHILDREN_STIME = 14;

    public static Usage of(long pid) throws IOException {
        return new Usage(cpu(pid), bytes(pid));
    }

    /** A process and all its descendants; without those that end while they are looked at. */
    public static Usage ofTree(long pid) throws IOException {
        var pids = new ArrayList<>(List.of(pid));
        ProcessHandle.of(pid).ifPresent(root -> root.descendants().forEach(child -> pids.add(child.pid())));
        var cpu = 0.0;
        var bytes = 0L;
        for (var one : pids) {
            try {
                var used = of(one);
                cpu += used.cpuSeconds;
                bytes += used.bytes;
            } catch (AccessDeniedException e) {
                throw e;
            } catch (IOException e) {
                // It has ended.
            }
        }
        return new Usage(cpu, bytes);
    }

    /** What was used since an earlier look, and what is resident now. */
    public Usage since(Usage earlier) {
        return new Usage(cpuSeconds - earlier.cpuSeconds, bytes);
    }

    private static double cpu(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        var ticks = 0L;
        for (var i = UTIME; i <= CHILDREN_STIME; i++) ticks += Long.parseLong(fields[i]);
        return ticks / TICKS;
    }

    private static long bytes(long pid) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            if (line.startsWith("Pss:")) return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
        return 0;
    }
}
