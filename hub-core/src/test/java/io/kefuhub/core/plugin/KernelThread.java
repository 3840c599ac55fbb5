package io.kefuhub.core.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A thread as the kernel sees it; see proc_pid_status(5), proc_pid_stat(5) and the kernel's sched-debug.rst.
 *
 * @param folder the kernel's files about it
 */
public record KernelThread(Path folder) {
    /** The calling thread. */
    public static KernelThread current() {
        try {
            return new KernelThread(Path.of("/proc/thread-self").toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of this process whose names begin so. */
    public static List<KernelThread> named(String beginning) {
        try (var tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.map(KernelThread::new)
                    .filter(thread -> thread.read("comm").startsWith(beginning))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where a thread stood at one moment.
     *
     * @param slice the nanoseconds that it asks to run at a time; empty where the kernel does not say
     */
    public record Place(int niceness, List<Integer> processors, OptionalLong slice) {}

    public Place place() {
        return new Place(niceness(), processors(), slice());
    }

    /** The kernel's numbers of those that it may run on, in their order. */
    public List<Integer> processors() {
        var allowed = read("status")
                .lines()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .findFirst()
                .orElseThrow();
        return Arrays.stream(allowed.substring(allowed.indexOf(':') + 1).strip().split(","))
                .map(range -> range.split("-"))
                .flatMap(range -> IntStream.rangeClosed(
                                Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1]))
                        .boxed())
                .toList();
    }

    /** The last half of these. */
    public static List<Integer> half(List<Integer> processors) {
        return processors.subList((processors.size() + 1) / 2, processors.size());
    }

    public int niceness() {
        var stat = read("stat");
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
    }

    private OptionalLong slice() {
        if (!Files.exists(folder.resolve("sched"))) return OptionalLong.empty();
        return read("sched")
                .lines()
                .filter(line -> line.startsWith("se.slice"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst();
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
