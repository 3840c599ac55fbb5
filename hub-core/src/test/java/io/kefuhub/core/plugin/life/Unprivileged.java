package io.kefuhub.core.plugin.life;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * Runs something as somebody whom the rights to write bind. Root is bound by none of them, by its capabilities;
 * but a thread can lay these down, for itself and for the threads it starts.
 */
final class Unprivileged {
    private static final int VERSION_3 = 0x20080522;
    private static final int DAC_OVERRIDE = 1 << 1;

    private Unprivileged() {}

    static <T> T run(Callable<T> work) throws Exception {
        var task = new FutureTask<>(() -> {
            if (isRoot()) layDown();
            return work.call();
        });
        Thread.ofPlatform().name("unprivileged").start(task);
        return task.get();
    }

    private static boolean isRoot() throws Exception {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static void layDown() throws Exception {
        try (var arena = Arena.ofConfined()) {
            var header = arena.allocateFrom(JAVA_INT, VERSION_3, 0);
            // Two times effective, permitted and inheritable.
            var sets = arena.allocate(JAVA_INT, 6);
            call("capget", header, sets);
            sets.setAtIndex(JAVA_INT, 0, sets.getAtIndex(JAVA_INT, 0) & ~DAC_OVERRIDE);
            call("capset", header, sets);
        }
    }

    private static void call(String name, MemorySegment header, MemorySegment sets) throws Exception {
        var linker = Linker.nativeLinker();
        var function = linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        int failed;
        try {
            failed = (int) function.invokeExact(header, sets);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        if (failed != 0) throw new IllegalStateException(name + " failed");
    }
}
