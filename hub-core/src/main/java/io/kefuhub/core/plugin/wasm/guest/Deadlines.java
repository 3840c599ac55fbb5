package io.kefuhub.core.plugin.wasm.guest;

import io.kefuhub.core.plugin.Confinement;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops guests whose time is up, and before that keeps those that compute for long from taking all processors. One thread
 * looks every few milliseconds while calls are under way and sleeps while none is; closing a guest's context may take some, so
 * others do it. Safe for threads; a call costs no timer.
 */
final class Deadlines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final long TICK = 5_000_000;
    private static final int QUIET_TICKS = 200;
    /** What a message may wait for without anybody noticing; usual calls take a hundredth of it. */
    private static final long LONG = 5_000_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Set<Watch> busy = ConcurrentHashMap.newKeySet();
    /** Those that were told to end and have not ended yet. */
    private final Set<Watch> ending = ConcurrentHashMap.newKeySet();

    private final Executor killers;
    private final Confinement confinement;
    private final Thread looking;
    private volatile boolean asleep;
    private volatile boolean closed;

    private enum State {
        RUNNING,
        ENDED,
        STOPPED
    }

    /** A call that is under way. Equal to itself only. */
    static final class Watch {
        private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
        private final Object owner;
        private final Consumer<Thread> stop;
        private final Budget budget;
        private final Thread thread;
        /** By the kernel's count. */
        private final int kernelThread;

        private final long began = System.nanoTime();
        private long cpuAtFirstLook = -1;
        private boolean confined;
        private boolean left;
        private volatile boolean computesLong;

        private Watch(Object owner, Consumer<Thread> stop, Budget budget, int kernelThread) {
            this.owner = owner;
            this.stop = stop;
            this.budget = budget;
            this.thread = Thread.currentThread();
            this.kernelThread = kernelThread;
        }

        /** Whether it computed for longer than usual calls do. */
        boolean wasLong() {
            return computesLong;
        }

        private synchronized void confine(Confinement confinement) {
            if (confined || left) return;
            confined = confinement.confine(kernelThread);
        }

        /** By the guest's thread, once it is out of the guest. */
        private synchronized void leave(Confinement confinement) {
            left = true;
            if (confined) confinement.release();
        }
    }

    /**
     * @param killers run what stops a guest
     * @param confinement of guests that run for long
     */
    Deadlines(Executor killers, Confinement confinement) {
        this.killers = killers;
        this.confinement = confinement;
        looking = Thread.ofPlatform().daemon().name("wasm-deadlines").start(this::look);
    }

    /**
     * The calling thread goes into a guest.
     *
     * @param owner whose guest it is
     * @param stop makes the guest end that runs on the thread it is given; called once at most, and not after {@link #end}
     */
    Watch begin(Object owner, Budget budget, Consumer<Thread> stop) {
        var watch = new Watch(owner, stop, budget, confinement.callingThread());
        busy.add(watch);
        if (asleep) LockSupport.unpark(looking);
        return watch;
    }

    /** It came out again; says whether it did so by itself. */
    boolean end(Watch watch) {
        busy.remove(watch);
        watch.leave(confinement);
        var byItself = watch.state.compareAndSet(State.RUNNING, State.ENDED);
        if (!byItself) ending.remove(watch);
        return byItself;
    }

    /** How many guests of one owner were told to end and run on. */
    int ending(Object owner) {
        if (ending.isEmpty()) return 0;
        return (int) ending.stream().filter(watch -> watch.owner == owner).count();
    }

    private void look() {
        for (var quiet = 0; !closed; ) {
            quiet = busy.isEmpty() ? quiet + 1 : 0;
            if (quiet > QUIET_TICKS) {
                asleep = true;
                if (busy.isEmpty() && !closed) LockSupport.park(this);
                asleep = false;
                quiet = 0;
            }
            LockSupport.parkNanos(this, TICK);
            for (var watch : busy) {
                look(watch);
            }
        }
    }

    private void look(Watch watch) {
        var took = System.nanoTime() - watch.began;
        var cpu = threads.getThreadCpuTime(watch.thread.threadId());
        if (watch.cpuAtFirstLook < 0) watch.cpuAtFirstLook = cpu;
        var computed = cpu - watch.cpuAtFirstLook;
        if (computed >= LONG) {
            watch.computesLong = true;
            watch.confine(confinement);
        }
        if (isOver(watch.budget, took, computed)) tellToEnd(watch);
    }

    private void tellToEnd(Watch watch) {
        // Before anybody can see that it is stopped, so that its end takes it out again.
        ending.add(watch);
        if (watch.state.compareAndSet(State.RUNNING, State.STOPPED)) {
            busy.remove(watch);
            killers.execute(() -> stop(watch));
        } else {
            ending.remove(watch);
        }
    }

    private static boolean isOver(Budget budget, long took, long computed) {
        return took >= budget.wall().toNanos() || computed >= budget.cpu().toNanos();
    }

    private static void stop(Watch watch) {
        try {
            watch.stop.accept(watch.thread);
        } catch (RuntimeException e) {
            LOG.error("A WASM module could not be stopped", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(looking);
    }
}
