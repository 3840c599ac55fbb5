package io.kefuhub.api.kit;

import io.kefuhub.api.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Threads that are real and timers that follow a {@link FakeClock}: what falls due runs in {@link FakeClock#move}. Safe
 * for threads.
 */
public final class FakeTasks implements Tasks, AutoCloseable {
    private final FakeClock clock;
    private final List<Timer> timers = new ArrayList<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final List<Throwable> thrown = new CopyOnWriteArrayList<>();
    private boolean closed;

    public FakeTasks(FakeClock clock) {
        this.clock = clock;
        clock.watch(this::fire);
    }

    @Override
    public synchronized Running run(String name, Runnable work) {
        refuseWhenClosed();
        var thread = Thread.ofVirtual().name(name).unstarted(() -> {
            contain(work);
            threads.remove(Thread.currentThread());
        });
        threads.add(thread);
        thread.start();
        return thread::interrupt;
    }

    @Override
    public Running after(Duration delay, Runnable work) {
        return add(delay, Duration.ZERO, work);
    }

    @Override
    public Running every(Duration pause, Runnable work) {
        if (!pause.isPositive()) throw new IllegalArgumentException("a pause of nothing");
        return add(pause, pause, work);
    }

    private synchronized Running add(Duration delay, Duration pause, Runnable work) {
        refuseWhenClosed();
        var timer = new Timer(clock.instant().plus(delay), pause, work);
        timers.add(timer);
        return () -> remove(timer);
    }

    private synchronized void remove(Timer timer) {
        timers.remove(timer);
    }

    private void refuseWhenClosed() {
        if (closed) throw new IllegalStateException("the instance is closed");
    }

    private void fire(Instant now) {
        for (var due = next(now); due.isPresent(); due = next(now)) contain(due.get().work);
    }

    /** Takes out the earliest timer that is due; one that repeats is put back for its next time. */
    private synchronized Optional<Timer> next(Instant now) {
        var due = timers.stream().filter(timer -> !timer.at.isAfter(now)).min((a, b) -> a.at.compareTo(b.at));
        due.ifPresent(timer -> {
            if (timer.pause.isPositive()) timer.at = timer.at.plus(timer.pause);
            else timers.remove(timer);
        });
        return due;
    }

    private void contain(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            thrown.add(e);
        }
    }

    /** What work threw, which the hub would log and count. */
    public List<Throwable> thrown() {
        return List.copyOf(thrown);
    }

    /** How many timers and threads are there now. */
    public synchronized int underWay() {
        return timers.size() + threads.size();
    }

    /** Ends everything, as the hub does when the instance closes; throws when a thread does not end within 5 s. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            timers.clear();
        }
        for (var thread : threads) {
            thread.interrupt();
            try {
                if (!thread.join(Duration.ofSeconds(5))) throw new AssertionError("still running: " + thread.getName());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + thread.getName(), e);
            }
        }
    }

    /** Guarded by the tasks. */
    private static final class Timer {
        private Instant at;
        private final Duration pause;
        private final Runnable work;

        Timer(Instant at, Duration pause, Runnable work) {
            this.at = at;
            this.pause = pause;
            this.work = work;
        }
    }
}
