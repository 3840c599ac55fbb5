package io.kefuhub.core.waiting;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits with an end that is hardly ever reached, such as a call's deadline.
 *
 * <p>A virtual thread that waits with a timer wakes the thread that keeps the timers, as a rule twice: when it begins to
 * wait and when it was woken. Here a wait costs an entry in a set. One thread looks at all of them when the first is due,
 * and no more often than every few milliseconds; so an end is noticed up to {@link #LATENESS} late. Safe for threads of any
 * kind.
 */
public final class Waiting {
    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

    /** How late an end is noticed at most, on a machine that is not overloaded. */
    public static final Duration LATENESS = Duration.ofMillis(10);

    private static final long NEVER = Duration.ofDays(36_500).toNanos();
    private static final Set<Wait> WAITS = ConcurrentHashMap.newKeySet();

    // It looks for everybody: nothing of the plugin on whose thread this class is used first may stay with it.
    private static final Thread LOOKING = Thread.ofPlatform()
            .daemon()
            .name("waiting")
            .inheritInheritableThreadLocals(false)
            .unstarted(Waiting::look);

    private static volatile long nextLook;
    private static volatile boolean came;

    static {
        LOOKING.setContextClassLoader(Waiting.class.getClassLoader());
        LOOKING.start();
    }

    /** Equal to itself only. */
    private static final class Wait {
        final long until;
        final Runnable over;

        Wait(long until, Runnable over) {
            this.until = until;
            this.over = over;
        }
    }

    private Waiting() {}

    /**
     * As {@link LockSupport#parkNanos(Object, long)}: returns when the thread was unparked or interrupted, when the time is
     * over, or for no reason.
     */
    public static void park(Object blocker, long nanos) {
        if (nanos <= 0) return;
        var thread = Thread.currentThread();
        var wait = begin(nanos, () -> LockSupport.unpark(thread));
        try {
            LockSupport.park(blocker);
        } finally {
            WAITS.remove(wait);
        }
    }

    /**
     * Does something later.
     *
     * @param action run by that thread, so it must not wait
     * @return takes it back, unless it has begun
     */
    public static Runnable after(Duration pause, Runnable action) {
        var wait = begin(pause.toNanos(), action);
        return () -> WAITS.remove(wait);
    }

    private static Wait begin(long nanos, Runnable over) {
        var wait = new Wait(System.nanoTime() + Math.min(nanos, NEVER), over);
        WAITS.add(wait);
        if (!came) came = true;
        if (wait.until - nextLook < 0) LockSupport.unpark(LOOKING);
        return wait;
    }

    /** As {@link CompletableFuture#get(long, java.util.concurrent.TimeUnit)}. */
    public static <T> T get(CompletableFuture<T> future, Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!future.isDone()) await(future, System.nanoTime() + patience.toNanos());
        return future.get();
    }

    private static void await(CompletableFuture<?> future, long end) throws InterruptedException, TimeoutException {
        var waiter = Thread.currentThread();
        future.whenComplete((_, _) -> LockSupport.unpark(waiter));
        while (!future.isDone()) {
            if (Thread.interrupted()) throw new InterruptedException();
            var left = end - System.nanoTime();
            if (left <= 0) throw new TimeoutException();
            park(future, left);
        }
    }

    private static void look() {
        while (true) {
            came = false;
            var now = System.nanoTime();
            var next = now + NEVER;
            for (var wait : WAITS) {
                if (now - wait.until < 0) next = Math.min(next - now, wait.until - now) + now;
                else if (WAITS.remove(wait)) end(wait);
            }
            var pause = Math.max(next - now, LATENESS.toNanos());
            nextLook = now + pause;
            // Whoever came while it looked may not have been seen, and have found it looking.
            if (came) {
                pause = LATENESS.toNanos();
                nextLook = now + pause;
            }
            LockSupport.parkNanos(WAITS, pause);
        }
    }

    private static void end(Wait wait) {
        try {
            wait.over.run();
        } catch (RuntimeException e) {
            LOG.error("What was to be done later failed", e);
        }
    }
}
