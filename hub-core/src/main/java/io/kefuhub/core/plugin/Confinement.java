package io.kefuhub.core.plugin;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps threads to one half of the processors, so that foreign code that runs for long, on however many of them, leaves the
 * other half to everybody else, and lets others go first there. The first can be taken back, the second by nobody without
 * privileges, so that it is for threads that do nothing else. See sched_setaffinity(2) and setpriority(2). Does nothing where
 * there is no half of the processors, or no Linux. What it needs of the system is looked up when it is first used to set
 * something. Safe for threads.
 */
public final class Confinement {
    private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);
    /** A link to a folder whose name is what the kernel calls the calling thread; see proc(5). */
    private static final Path CALLING_THREAD = Path.of("/proc/thread-self");

    private static final int THE_CALLING_THREAD = 0;
    private static final int NONE = 0;
    /** Of the processor that it shares with one other thread, such a thread gets a quarter. */
    private static final int LATER = 5;
    /**
     * Nanoseconds that such a thread asks to run at a time, the most that there is. Whoever wakes and asks for less, as everybody
     * does, takes the processor from it at once and not at the next tick of the clock, which is up to 4 ms later; see
     * PREEMPT_SHORT of the kernel's scheduler, which knows of it since 6.12.
     */
    private static final long LONG_SLICE = 100_000_000;

    private final ThreadLocal<Integer> ids = ThreadLocal.withInitial(Confinement::readThreadId);
    private volatile @Nullable Optional<Kernel> kernel;

    /**
     * What the kernel calls the calling thread, by which others may confine it; 0, which is nobody, for a virtual one, which
     * is none to the kernel, and for one that was put behind others.
     */
    public int callingThread() {
        return Thread.currentThread().isVirtual() ? NONE : ids.get();
    }

    private static int readThreadId() {
        try {
            return Integer.parseInt(
                    Files.readSymbolicLink(CALLING_THREAD).getFileName().toString());
        } catch (IOException | NumberFormatException _) {
            return NONE;
        }
    }

    /** To half of the processors; says whether there is anything to {@link #release}. */
    public boolean confine(int thread) {
        if (thread == NONE) return false;
        kernel().ifPresent(now -> now.set(thread, now.half));
        return true;
    }

    /** The calling thread may use all of them again. */
    public void release() {
        kernel().ifPresent(now -> now.set(THE_CALLING_THREAD, now.all));
    }

    /** The calling thread goes behind others until it ends; it may take whatever they leave of half of the processors. */
    public void putBehind() {
        kernel().ifPresent(now -> {
            ids.set(NONE);
            now.set(THE_CALLING_THREAD, now.half);
            now.putBehind();
        });
    }

    private Optional<Kernel> kernel() {
        var known = kernel;
        return known == null ? lookUp() : known;
    }

    private synchronized Optional<Kernel> lookUp() {
        var known = kernel;
        if (known != null) return known;
        var found = Kernel.ofThisMachine();
        kernel = found;
        return found;
    }

    /** What is asked of it. */
    private static final class Kernel {
        /** Of its set of processors: 1,024 of them. */
        private static final int BYTES = 128;

        private static final int PRIO_PROCESS = 0;

        /** What sched_setattr(2) is called, which has no function of its own in older libraries; 0 where we do not know. */
        private static final int SET_ATTRIBUTES = switch (System.getProperty("os.arch")) {
            case "amd64" -> 314;
            case "aarch64" -> 274;
            default -> 0;
        };

        private static final long ATTRIBUTES_BYTES = 48;
        /** Threads that such a thread starts ask for no long slice. */
        private static final long RESET_ON_FORK = 1;

        private final MethodHandle setAffinity;
        private final MethodHandle setPriority;
        private final MethodHandle systemCall;
        private final MemorySegment half;
        private final MemorySegment all;
        private final MemorySegment behind;

        private Kernel(
                MethodHandle setAffinity, MethodHandle setPriority, MethodHandle systemCall, BitSet all, BitSet half) {
            this.setAffinity = setAffinity;
            this.setPriority = setPriority;
            this.systemCall = systemCall;
            this.behind = attributes();
            this.all = segment(all);
            this.half = segment(half);
        }

        private static Optional<Kernel> ofThisMachine() {
            try {
                var linker = Linker.nativeLinker();
                var library = linker.defaultLookup();
                var shape = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
                var set = library.find("sched_setaffinity").map(at -> linker.downcallHandle(at, shape));
                var get = library.find("sched_getaffinity").map(at -> linker.downcallHandle(at, shape));
                var priority = library.find("setpriority")
                        .map(at -> linker.downcallHandle(
                                at, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)));
                var call = library.find("syscall")
                        .map(at -> linker.downcallHandle(
                                at,
                                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG),
                                Linker.Option.firstVariadicArg(1)));
                if (set.isEmpty() || get.isEmpty() || priority.isEmpty() || call.isEmpty()) return Optional.empty();
                var all = processors(get.get());
                if (all.cardinality() < 2) return Optional.empty();
                return Optional.of(new Kernel(set.get(), priority.get(), call.get(), all, lastHalf(all)));
            } catch (RuntimeException e) {
                LOG.info("Plugins that run for long may take all processors: {}", e.toString());
                return Optional.empty();
            }
        }

        /** Those that the calling thread may use. */
        private static BitSet processors(MethodHandle get) {
            try (var arena = Arena.ofConfined()) {
                var mask = arena.allocate(BYTES);
                if ((int) get.invokeExact(THE_CALLING_THREAD, (long) BYTES, mask) != 0) return new BitSet();
                return BitSet.valueOf(mask.toArray(ValueLayout.JAVA_BYTE));
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        private static BitSet lastHalf(BitSet all) {
            var half = (BitSet) all.clone();
            for (var left = (all.cardinality() + 1) / 2; left > 0; left--) half.clear(half.nextSetBit(0));
            return half;
        }

        private static MemorySegment segment(BitSet processors) {
            var bytes = processors.toByteArray();
            return Arena.ofAuto().allocate(BYTES).copyFrom(MemorySegment.ofArray(bytes));
        }

        /** An ordinary thread that is nice and asks for long slices, as struct sched_attr. */
        private static MemorySegment attributes() {
            var attributes = Arena.ofAuto().allocate(ATTRIBUTES_BYTES, Long.BYTES);
            attributes.set(JAVA_INT, 0, (int) ATTRIBUTES_BYTES);
            attributes.set(JAVA_LONG, 8, RESET_ON_FORK);
            attributes.set(JAVA_INT, 16, LATER);
            attributes.set(JAVA_LONG, 24, LONG_SLICE);
            return attributes;
        }

        /** A thread that has just ended is none any more, and that is as good. */
        private void set(int thread, MemorySegment processors) {
            try {
                if ((int) setAffinity.invokeExact(thread, (long) BYTES, processors) != 0) {
                    LOG.debug("The processors of thread {} could not be set", thread);
                }
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        private void putBehind() {
            try {
                if ((int) setPriority.invokeExact(PRIO_PROCESS, THE_CALLING_THREAD, LATER) != 0) {
                    LOG.debug("A thread could not be put behind others");
                }
                if (SET_ATTRIBUTES == 0) return;
                var answer =
                        (long) systemCall.invokeExact((long) SET_ATTRIBUTES, (long) THE_CALLING_THREAD, behind, 0L);
                if (answer != 0) LOG.debug("A thread could not be told to make way at once");
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
