package io.kefuhub.core.answering.ai.cache;

import io.kefuhub.api.ai.Cancel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done once for all who want it at the same time. Safe for threads.
 *
 * <p>It runs on a thread of its own, so that nobody's leaving ends it for the others; when the last one leaves, it is
 * cancelled. Each one shows the drafts and waits as long as they like.
 */
public final class Flights<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(Flights.class);

    private final ConcurrentHashMap<K, Flight<V>> flying = new ConcurrentHashMap<>();

    /** The work: is told of a place for drafts, and when it is no longer wanted. */
    @FunctionalInterface
    public interface Work<V> extends BiFunction<Consumer<String>, Cancel, V> {}

    /** What somebody got. */
    public record Landed<V>(V value, boolean first) {}

    /**
     * Waits for the work under this key, and begins it where nobody has.
     *
     * @param drafts told of the text so far by the calling thread
     * @param cancel ends the waiting
     * @param limit ends the waiting too
     * @return empty when the caller left before it was done, or the work failed by a defect
     */
    public Optional<Landed<V>> join(K key, Work<V> work, Consumer<String> drafts, Cancel cancel, Duration limit) {
        var began = new boolean[1];
        var flight = flying.compute(key, (_, known) -> {
            if (known != null && known.board()) return known;
            began[0] = true;
            return new Flight<>();
        });
        if (began[0]) {
            Thread.ofVirtual().name("answer").start(() -> {
                try {
                    flight.land(work.apply(flight::draft, flight));
                } catch (RuntimeException e) {
                    LOG.error("An answer could not be made", e);
                } finally {
                    flight.end();
                    flying.remove(key, flight);
                }
            });
        }
        return flight.await(drafts, cancel, limit).map(value -> new Landed<>(value, began[0]));
    }

    /** How many are under way. */
    public int size() {
        return flying.size();
    }

    private static final class Flight<V> implements Cancel {
        private final ReentrantLock lock = new ReentrantLock();
        private final java.util.concurrent.locks.Condition news = lock.newCondition();
        private final List<Runnable> actions = new ArrayList<>();
        private int aboard = 1;
        private String draft = "";
        private @Nullable V value;
        private boolean ended;
        private boolean abandoned;

        /** Joins; false when it is too late to. */
        boolean board() {
            lock.lock();
            try {
                if (ended || abandoned) return false;
                aboard++;
                return true;
            } finally {
                lock.unlock();
            }
        }

        void draft(String text) {
            lock.lock();
            try {
                draft = text;
                news.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void land(V made) {
            lock.lock();
            try {
                value = made;
            } finally {
                lock.unlock();
            }
        }

        void end() {
            lock.lock();
            try {
                ended = true;
                news.signalAll();
            } finally {
                lock.unlock();
            }
        }

        Optional<V> await(Consumer<String> drafts, Cancel cancel, Duration limit) {
            cancel.onRequest(this::wake);
            var end = System.nanoTime() + limit.toNanos();
            var shown = "";
            try {
                while (true) {
                    var next = next(shown, cancel, end);
                    if (next == null) return left();
                    if (!next.equals(shown)) drafts.accept(next);
                    shown = next;
                    if (isEnded()) return left();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return left();
            }
        }

        /** The text as soon as it is another, or as it is when the work has ended; null when the waiting has ended. */
        private @Nullable String next(String shown, Cancel cancel, long end) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!ended && draft.equals(shown)) {
                    var left = end - System.nanoTime();
                    if (cancel.isRequested() || left <= 0) return null;
                    news.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
                }
                return cancel.isRequested() ? null : draft;
            } finally {
                lock.unlock();
            }
        }

        private boolean isEnded() {
            lock.lock();
            try {
                return ended;
            } finally {
                lock.unlock();
            }
        }

        /** Leaves, with what was made if it was. */
        private Optional<V> left() {
            List<Runnable> calledOff;
            lock.lock();
            try {
                if (ended) return Optional.ofNullable(value);
                if (--aboard > 0) return Optional.empty();
                abandoned = true;
                calledOff = List.copyOf(actions);
            } finally {
                lock.unlock();
            }
            calledOff.forEach(Runnable::run);
            return Optional.empty();
        }

        private void wake() {
            // Off the caller's thread: whoever cancels must not wait for the lock.
            Thread.ofVirtual().name("answer").start(() -> {
                lock.lock();
                try {
                    news.signalAll();
                } finally {
                    lock.unlock();
                }
            });
        }

        @Override
        public boolean isRequested() {
            lock.lock();
            try {
                return abandoned;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void onRequest(Runnable action) {
            lock.lock();
            try {
                if (!abandoned) {
                    actions.add(action);
                    return;
                }
            } finally {
                lock.unlock();
            }
            action.run();
        }
    }
}
