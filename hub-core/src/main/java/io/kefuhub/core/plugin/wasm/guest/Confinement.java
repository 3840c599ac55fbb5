package io.kefuhub.core.plugin.wasm.guest;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps threads to one half of the processors, so that guests that run for long, however many, leave the other half to
 * everybody else, and lets others go first there. The first can be taken back, the second by nobody without privileges, so that
 * it is for threads that do nothing else. See sched_setaffinity(2) and setpriority(2). Safe for threads.
 */
final class Confinement {
    private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);
    /** Of the kernel's set of processors: 1,024 of them. */
    private static final int BYTES = 128;

    private static final int THE_CALLING_THREAD = 0;
    /** Of the processor that it shares with one other thread, such a thread gets a quarter. */
    private static final int LATER = 5;

    private static final int PRIO_PROCESS = 0;

    private final MethodHandle setAffinity;
    private final MethodHandle setPriority;
    private final MethodHandle threadId;
    private final MemorySegment half;
    private final MemorySegment all;
    private final ThreadLocal<Integer> ids = ThreadLocal.withInitial(this::askThreadId);

    private Confinement(
            MethodHandle setAffinity, MethodHandle setPriority, MethodHandle threadId, BitSet all, BitSet half) {
        this.setAffinity = setAffinity;
        this.setPriority = setPriority;
        this.threadId = threadId;
        this.all = segment(all);
        this.half = segment(half);
    }

    /** Empty where there is no half of the processors, or no Linux. */
    static Optional<Confinement> ofThisMachine() {
        try {
            var linker = Linker.nativeLinker();
            var library = linker.defaultLookup();
            var shape = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
            var set = library.find("sched_setaffinity").map(at -> linker.downcallHandle(at, shape));
            var get = library.find("sched_getaffinity").map(at -> linker.downcallHandle(at, shape));
            var priority = library.find("setpriority")
                    .map(at ->
                            linker.downcallHandle(at, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)));
            var id = library.find("gettid").map(at -> linker.downcallHandle(at, FunctionDescriptor.of(JAVA_INT)));
            if (set.isEmpty() || get.isEmpty() || priority.isEmpty() || id.isEmpty()) return Optional.empty();
            var all = processors(get.get());
            if (all.cardinality() < 2) return Optional.empty();
            return Optional.of(new Confinement(set.get(), priority.get(), id.get(), all, lastHalf(all)));
        } catch (RuntimeException e) {
            LOG.info("WASM modules that run for long may take all processors: {}", e.toString());
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

    /** What the kernel calls the calling thread; 0 for a virtual one, which is none to the kernel, and for one behind others. */
    int callingThread() {
        return Thread.currentThread().isVirtual() ? 0 : ids.get();
    }

    private int askThreadId() {
        try {
            return (int) threadId.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** To half of the processors. */
    void confine(int thread) {
        if (thread != 0) set(thread, half);
    }

    /** The calling thread goes behind others until it ends; it may take whatever they leave of all processors. */
    void putBehind() {
        ids.set(0);
        try {
            if ((int) setPriority.invokeExact(PRIO_PROCESS, THE_CALLING_THREAD, LATER) != 0) {
                LOG.debug("A thread could not be put behind others");
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The calling thread may use all of them again. */
    void release() {
        set(THE_CALLING_THREAD, all);
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
}
