package io.kefuhub.core.plugin;

import io.kefuhub.api.Tasks;
import io.kefuhub.core.waiting.Waiting;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads and timers of one instance. A timer is an entry in one list of the hub; its work runs on a virtual thread of
 * its own. Safe for threads; after {@link #close} nothing starts any more.
 */
public final class InstanceTasks implements Tasks, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceTasks.class);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final ScheduledThreadPoolExecutor TIMERS = timers();

    private final String instance;
    private final ClassLoader loader;
    private final Set<Task> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param loader of the plugin whose work runs here
     */
    public InstanceTasks(String instance, ClassLoader loader) {
        this.instance = instance;
        this.loader = loader;
    }

    private static ScheduledThreadPoolExecutor timers() {
        // Made when a plugin asks for the first timer, on that plugin's thread: nothing of it may be kept for ever.
        var timers = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform()
                        .name("timers")
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .factory());
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }

    /** How many tasks have not ended. */
    public int count() {
        return open.size();
    }

    @Override
    public Running run(String name, Runnable work) {
        var task = new Task(name, work, Duration.ZERO);
        if (begin(task)) task.startNow();
        return task;
    }

    @Override
    public Running after(Duration delay, Runnable work) {
        var task = new Task("after", work, Duration.ZERO);
        if (begin(task)) task.startIn(delay);
        return task;
    }

    @Override
    public Running every(Duration pause, Runnable work) {
        if (!pause.isPositive()) throw new IllegalArgumentException("a pause of nothing");
        var task = new Task("every", work, pause);
        if (begin(task)) task.startIn(pause);
        return task;
    }

    private boolean begin(Task task) {
        if (closed) return false;
        open.add(task);
        if (closed) task.cancel();
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(Task::cancel);
    }

    private final class Task implements Running {
        private final String name;
        private final Runnable work;
        private final Duration pause;
        private final AtomicBoolean cancelled = new AtomicBoolean();
        private volatile Runnable interrupt = () -> {};

        Task(String name, Runnable work, Duration pause) {
            this.name = name;
            this.work = work;
            this.pause = pause;
        }

        void startIn(Duration delay) {
            interrupt = timer(delay);
            if (cancelled.get()) interrupt.run();
        }

        /** A plugin may ask for a short one with each call, and take it back. */
        private Runnable timer(Duration delay) {
            if (delay.compareTo(SHORT) <= 0) return Waiting.after(delay, this::startNow);
            Future<?> timer = TIMERS.schedule(this::startNow, delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> timer.cancel(false);
        }

        void startNow() {
            if (cancelled.get()) return;
            var thread = Thread.ofVirtual().name(instance + "-" + name).unstarted(this::work);
            thread.setContextClassLoader(loader);
            interrupt = thread::interrupt;
            thread.start();
        }

        private void work() {
            try {
                if (!cancelled.get()) work.run();
            } catch (RuntimeException e) {
                LOG.warn("A task of {} failed: {}", instance, e.toString());
            } finally {
                if (pause.isPositive() && !cancelled.get()) {
                    startIn(pause);
                } else {
                    open.remove(this);
                }
            }
        }

        @Override
        public void cancel() {
            if (cancelled.getAndSet(true)) return;
            interrupt.run();
            open.remove(this);
        }
    }
}
