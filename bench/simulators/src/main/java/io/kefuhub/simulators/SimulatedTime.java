package io.kefuhub.simulators;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The platform's time: it runs as ours does and can be moved on, so that the third repeat of a callback or the end of 48
 * hours need not be waited for. Safe for threads.
 */
public final class SimulatedTime extends Clock implements AutoCloseable {
    private final PriorityQueue<Due> tasks =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
    private final Thread thread;
    private Duration ahead = Duration.ZERO;
    private long numbers;
    private boolean closed;

    private record Due(Instant at, long number, Runnable task) {}

    public SimulatedTime() {
        thread = Thread.ofVirtual().name("simulated-time").start(this::run);
    }

    @Override
    public synchronized Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public long millis() {
        return instant().toEpochMilli();
    }

    public long seconds() {
        return instant().getEpochSecond();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the platform's time has no zone");
    }

    /** Moves the time on; what was to happen meanwhile happens now, in its order. */
    public synchronized void forward(Duration by) {
        if (by.isNegative()) throw new IllegalArgumentException("time runs forward only");
        ahead = ahead.plus(by);
        notifyAll();
    }

    public synchronized void after(Duration delay, Runnable task) {
        tasks.add(new Due(instant().plus(delay), numbers++, task));
        notifyAll();
    }

    /** Forgets what was to happen. The time stays where it is. */
    public synchronized void clear() {
        tasks.clear();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }

    private void run() {
        try {
            while (true) {
                Thread.startVirtualThread(next());
            }
        } catch (InterruptedException e) {
            thread.interrupt();
        }
    }

    private synchronized Runnable next() throws InterruptedException {
        while (true) {
            if (closed) throw new InterruptedException();
            var first = tasks.peek();
            if (first == null) {
                wait();
                continue;
            }
            var left = Duration.between(instant(), first.at).toMillis();
            if (left <= 0) return tasks.remove().task;
            wait(left);
        }
    }
}
