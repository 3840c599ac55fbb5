package io.kefuhub.core.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: what has queued while one transaction commits goes out together in the next one.
 *
 * <p>A completed future means committed. A unit whose write fails by its own fault fails alone. While the database is
 * away or full, units wait and are tried again until they are too old; the outcome of a try that lost its connection is
 * unknown, so <b>writing a unit twice must have the effect of writing it once</b>. Units are committed in the order they
 * came, those of one {@link Batch} that are taken together in one call.
 *
 * <p>Safe for threads. One thread writes; it also runs what callers chained to their futures, so chain only what is
 * cheap, or use the {@code ...Async} methods.
 */
public final class GroupWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);
    private static final int QUEUE = 20_000;
    private static final int MOST_AT_ONCE = 1_000;
    private static final int CONFLICTS = 10;
    private static final Duration LAST_WRITES = Duration.ofSeconds(5);
    /** A full queue that the database does not empty within this time is one that it will not empty soon. */
    private static final Duration FULL = Duration.ofSeconds(2);

    /**
     * Writes units of one kind with as few statements as it can. Keep one instance per kind: units are grouped by it.
     */
    @FunctionalInterface
    public interface Batch<U, R> {
        /**
         * Writes the units inside the transaction; may be called again with the same units, or with some of them.
         *
         * @param last goes to the server with the commit, in one round trip: where what need not be answered before it
         *     belongs; a statement of it that fails undoes the transaction
         * @return one result per unit, in their order
         */
        List<R> write(Handle tx, List<U> units, Script last);

        /** Told when what was last written is committed, by the writer's thread, before the callers hear; must not wait. */
        default void committed() {}
    }

    /**
     * What has been committed since the start.
     *
     * @param biggest units in the biggest transaction
     */
    public record Counts(long batches, long units, long biggest) {}

    private final Supplier<Handle> connections;
    private final Duration wait;
    private final BlockingQueue<Pending<?, ?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread;
    private final Outage outage;
    private final LongAdder batches = new LongAdder();
    private final LongAdder units = new LongAdder();
    private final AtomicLong biggest = new AtomicLong();
    private volatile long giveUpAt = Long.MAX_VALUE;
    private volatile boolean closed;

    /** @param name of its thread */
    GroupWriter(String name, Supplier<Handle> connections, Duration wait, Outage outage) {
        this.outage = outage;
        this.connections = connections;
        this.wait = wait;
        this.thread = Thread.ofPlatform().name(name).start(this::run);
    }

    /**
     * Hands in a unit; waits for two seconds while the queue is full.
     *
     * @return completed after the commit; failed with {@link DatabaseAwayException} when the unit became too old, else
     *     with what its batch threw for it alone
     */
    public <U, R> CompletableFuture<R> write(Batch<U, R> batch, U unit) {
        var pending = new Pending<>(batch, unit, System.nanoTime() + wait.toNanos());
        try {
            // The writer's own thread, in a callback, must not wait for itself.
            var patience = Thread.currentThread() == thread ? 0 : Math.min(wait.toNanos(), FULL.toNanos());
            if (closed || !queue.offer(pending, patience, TimeUnit.NANOSECONDS)) {
                pending.fail(new DatabaseAwayException("The database takes no more writes."));
            } else if (closed && !thread.isAlive() && queue.remove(pending)) {
                pending.fail(new DatabaseAwayException("The database is closed."));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            pending.fail(new DatabaseAwayException("Interrupted while waiting to write.", e));
        }
        return pending.done;
    }

    public Counts counts() {
        return new Counts(batches.sum(), units.sum(), biggest.get());
    }

    /** Units that wait to be written now. */
    public int queued() {
        return queue.size();
    }

    /** Writes what has queued, for five seconds at most; what is left then fails. */
    @Override
    public void close() {
        giveUpAt = System.nanoTime() + LAST_WRITES.toNanos();
        closed = true;
        try {
            thread.join(LAST_WRITES.plusSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var taken = new ArrayList<Pending<?, ?>>(MOST_AT_ONCE);
        while (!closed || !queue.isEmpty()) {
            try {
                var first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    taken.add(first);
                    queue.drainTo(taken, MOST_AT_ONCE - 1);
                    write(taken);
                }
            } catch (InterruptedException e) {
                break;
            } finally {
                taken.clear();
            }
        }
        var left = new ArrayList<Pending<?, ?>>();
        queue.drainTo(left);
        left.forEach(pending -> pending.fail(new DatabaseAwayException("The database is closed.")));
    }

    /** Returns when every unit is committed or has failed. */
    @SuppressWarnings("CatchingUnchecked") // whatever a batch throws, this thread goes on
    private void write(List<Pending<?, ?>> taken) {
        var left = taken;
        var conflicts = 0;
        for (var tries = 0; !left.isEmpty(); tries++) {
            try {
                var groups = commit(left);
                outage.ends();
                count(left.size());
                groups.forEach(Group::committed);
                left.forEach(Pending::succeed);
                return;
            } catch (Throwable e) {
                var fault = Fault.of(e);
                if (fault == Fault.AWAY || fault == Fault.FULL) {
                    outage.begins(fault, e);
                    left = stillYoung(left, e);
                    Pause.milliseconds(Math.min(1_000, 20L << Math.min(tries, 6)));
                } else if (fault == Fault.CONFLICT && ++conflicts <= CONFLICTS) {
                    Pause.milliseconds(conflicts);
                } else if (left.size() == 1) {
                    outage.ends();
                    left.getFirst().fail(e);
                    return;
                } else {
                    write(left.subList(0, left.size() / 2));
                    write(left.subList(left.size() / 2, left.size()));
                    return;
                }
            }
        }
    }

    private List<Group<?, ?>> commit(List<Pending<?, ?>> left) {
        var groups = Group.of(left);
        try (var handle = connections.get()) {
            handle.begin();
            try {
                var last = new Script();
                groups.forEach(group -> group.write(handle, last));
                last.runAndCommit(handle);
            } catch (RuntimeException | Error e) {
                Database.rollback(handle, e);
                throw e;
            }
            return groups;
        }
    }

    private void count(int size) {
        batches.increment();
        units.add(size);
        biggest.accumulateAndGet(size, Math::max);
    }

    private List<Pending<?, ?>> stillYoung(List<Pending<?, ?>> left, Throwable cause) {
        var now = System.nanoTime();
        var young = new ArrayList<Pending<?, ?>>(left.size());
        for (var pending : left) {
            if (now - pending.deadline >= 0 || (closed && now - giveUpAt >= 0)) {
                pending.fail(new DatabaseAwayException("The database was away for too long.", cause));
            } else {
                young.add(pending);
            }
        }
        return young;
    }

    private static final class Pending<U, R> {
        final Batch<U, R> batch;
        final U unit;
        final long deadline;
        final CompletableFuture<R> done = new CompletableFuture<>();
        private List<R> result = List.of();

        Pending(Batch<U, R> batch, U unit, long deadline) {
            this.batch = batch;
            this.unit = unit;
            this.deadline = deadline;
        }

        void written(R value) {
            result = List.of(value);
        }

        void succeed() {
            done.complete(result.getFirst());
        }

        void fail(Throwable cause) {
            done.completeExceptionally(cause);
        }
    }

    /** The units of one batch, in their order. */
    private record Group<U, R>(Batch<U, R> batch, List<Pending<U, R>> members) {
        static List<Group<?, ?>> of(List<Pending<?, ?>> all) {
            var groups = new ArrayList<Group<?, ?>>();
            for (var pending : all) {
                addTo(groups, pending);
            }
            return groups;
        }

        // One batch object has one pair of types; two that are equal may still be two.
        @SuppressWarnings({"unchecked", "ReferenceEquality"})
        private static <U, R> void addTo(List<Group<?, ?>> groups, Pending<U, R> pending) {
            for (var group : groups) {
                if (group.batch == pending.batch) {
                    ((Group<U, R>) group).members.add(pending);
                    return;
                }
            }
            var group = new Group<U, R>(pending.batch, new ArrayList<>());
            group.members.add(pending);
            groups.add(group);
        }

        void write(Handle tx, Script last) {
            var units = members.stream().map(pending -> pending.unit).toList();
            var results = batch.write(tx, units, last);
            if (results.size() != units.size()) {
                throw new IllegalStateException(
                        "a batch answered " + units.size() + " units with " + results.size() + " results");
            }
            for (var i = 0; i < results.size(); i++) {
                members.get(i).written(results.get(i));
            }
        }

        void committed() {
            try {
                batch.committed();
            } catch (RuntimeException e) {
                LOG.error("Something that is told of commits failed", e);
            }
        }
    }
}
